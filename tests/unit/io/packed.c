// Compressed files and archives. The bytes are those of Python 3.11.2's gzip, bz2, lzma, zipfile and tarfile and of zstd
// 1.5.4 (tests/golden/make/formats.py); texts of errors are the contract.
#include "unit/io/io_help.h"

#include "golden/formats.h"
#include "io/formats_int.h"

#include <fcntl.h>

static Err err;

static ErrCode try_bytes(Job *job, const char *name, const void *bytes, size_t n, const char *table, Frame **f) {
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.table = table;
  err = (Err){0};
  *f = NULL;
  return io_read(job, &HELP_DOOR, help_file(name, bytes, n), &opts, f, &err);
}
#define TRY_BYTES(name, bytes, table, f) try_bytes(NULL, name, bytes, sizeof(bytes), table, f)

static void assert_fifty_rows(const Frame *f) {
  assert_int_equal(frame_nrow(f), 50);
  assert_string_equal(help_type(f, "a"), "int");
  assert_cell(f, "a", 49, "49");
  assert_cell(f, "b", 49, "y");
}

TEST(every_compression_is_seen_by_its_bytes_and_told) {
  const struct {
    const char *name;
    const void *bytes;
    size_t n;
    const char *note;
  } file[] = {{"t.csv.gz", CSV_GZ, sizeof CSV_GZ, "gzip, 130 B unpacked to 244 B; delimiter"},
              {"t.csv.bz2", CSV_BZ2, sizeof CSV_BZ2, "bzip2, "},
              {"t.csv.xz", CSV_XZ, sizeof CSV_XZ, "xz, "},
              {"t.csv.zst", CSV_ZST, sizeof CSV_ZST, "zstd, "},
              {"t", CSV_GZ, sizeof CSV_GZ, "gzip, "},
              {"two.gz", CSV_GZ_TWO_MEMBERS, sizeof CSV_GZ_TWO_MEMBERS, " unpacked to 244 B"},
              {"t.zip", ZIP_ONE, sizeof ZIP_ONE, "zip holds 'data/t.csv'; zip, "},
              {"t.tar.gz", TAR_GZ, sizeof TAR_GZ, "tar holds 't.csv'; tar, 10.0 kB unpacked to 244 B"}};
  for (size_t k = 0; k < sizeof file / sizeof *file; k++) {
    Frame *f;
    if (try_bytes(NULL, file[k].name, file[k].bytes, file[k].n, NULL, &f) != OK) fail_msg("%s", err.msg);
    assert_fifty_rows(f);
    assert_has(help_ledger(f, "(file)", "note"), file[k].note);
    frame_unref(f);
  }
}

TEST(the_name_inside_tells_the_format) {
  Source s;
  const char *path = help_file("x.tsv.gz", (const char *)CSV_GZ, sizeof CSV_GZ);
  assert_int_equal(source_open(NULL, &HELP_DOOR, path, &s, &err), OK);
  assert_int_equal(source_unpack(NULL, &s, NULL, &err), OK);
  assert_has(s.name, "/x.tsv");
  assert_null(strstr(s.name, ".gz"));
  assert_null(s.real);
  Sv all;
  assert_int_equal(source_all(NULL, &s, &all, &err), OK);
  assert_int_equal(all.n, sizeof CSV_PLAIN);
  assert_memory_equal(all.s, CSV_PLAIN, sizeof CSV_PLAIN);
  source_close(&s);
}

TEST(an_archive_of_several_files_asks_which) {
  Frame *f;
  assert_int_equal(TRY_BYTES("t.zip", ZIP_TWO, NULL, &f), ERR_NAME);
  assert_has(err.msg, "t.zip' holds 2 files: choose one with table=\"a.csv\"; there are a.csv, b/c.csv");
  assert_int_equal(TRY_BYTES("t.zip", ZIP_TWO, "b/c.csv", &f), OK);
  assert_cell(f, "q", 0, "7");
  frame_unref(f);
  assert_int_equal(TRY_BYTES("t.zip", ZIP_TWO, "b/d.csv", &f), ERR_NAME);
  assert_has(err.msg, "t.zip' holds no file 'b/d.csv': did you mean 'b/c.csv'?");
  assert_int_equal(TRY_BYTES("t.xlsx", ZIP_WORKBOOK, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "t.xlsx' is an Excel workbook: save its sheet as CSV and read that");
}

TEST(an_empty_archive_says_so) {
  Frame *f;
  Str empty = {0};
  assert_int_equal(TRY_BYTES("t.zip", ZIP_NONE, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "t.zip' is a zip archive without a file in it");
  assert_int_equal(gzip_pack(NULL, (Sv){"", 0}, &empty, &err), OK);
  assert_int_equal(try_bytes(NULL, "t.csv.gz", empty.s, empty.n, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "t.csv.gz' is empty: it has 0 bytes");
  str_fini(&empty);
}

TEST(a_cut_or_damaged_file_says_where_and_how_much_could_be_read) {
  Frame *f;
  unsigned char bad[sizeof CSV_GZ];
  assert_int_equal(try_bytes(NULL, "t.csv.gz", CSV_GZ, 80, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "t.csv.gz' is damaged or cut short: it ends too early at byte 80 of the gzip data; ");
  assert_has(err.msg, " B before that could be unpacked: get it again");
  memcpy(bad, CSV_GZ, sizeof bad);
  bad[sizeof bad - 6] ^= 1; // the checksum
  assert_int_equal(TRY_BYTES("t.csv.gz", bad, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "incorrect data check at byte ");
  assert_has(err.msg, "; 244 B before that could be unpacked");
  assert_int_equal(try_bytes(NULL, "t.csv.xz", CSV_XZ, sizeof CSV_XZ - 20, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "is damaged or cut short: ");
  assert_has(err.msg, " of the xz data");
  assert_int_equal(try_bytes(NULL, "t.csv.zst", CSV_ZST, sizeof CSV_ZST - 3, NULL, &f), ERR_PARSE);
  assert_has(err.msg, " of the zstd data");
}

TEST(bytes_behind_the_end_of_gzip_are_no_silent_loss_but_zeros_are_padding) {
  Frame *f;
  unsigned char more[sizeof CSV_GZ + 4] = {0};
  memcpy(more, CSV_GZ, sizeof CSV_GZ);
  assert_int_equal(TRY_BYTES("t.csv.gz", more, NULL, &f), OK);
  assert_fifty_rows(f);
  frame_unref(f);
  more[sizeof CSV_GZ] = 'x';
  assert_int_equal(TRY_BYTES("t.csv.gz", more, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "other bytes follow its end");
}

TEST(every_cut_of_every_kind_is_an_error_or_a_table) {
  const struct {
    const void *bytes;
    size_t n;
  } file[] = {{CSV_GZ, sizeof CSV_GZ}, {CSV_BZ2, sizeof CSV_BZ2}, {CSV_XZ, sizeof CSV_XZ}, {CSV_ZST, sizeof CSV_ZST},
              {ZIP_ONE, sizeof ZIP_ONE}, {TAR_GZ, sizeof TAR_GZ}};
  for (size_t k = 0; k < sizeof file / sizeof *file; k++) {
    const char *path = help_file("t", file[k].bytes, file[k].n);
    for (off_t n = (off_t)file[k].n - 1; n >= 0; n--) {
      ReadOpts opts;
      Frame *f = NULL;
      io_read_defaults(&opts);
      err = (Err){0};
      assert_int_equal(truncate(path, n), 0);
      if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) == OK) frame_unref(f);
      else assert_true(err.msg[0]);
    }
  }
}

TEST(a_bomb_meets_the_memory_budget) {
  Str zeros = {0}, packed = {0};
  Frame *f;
  str_reserve(&zeros, 64 << 20);
  memset(zeros.s, 'x', 64 << 20);
  assert_int_equal(gzip_pack(NULL, (Sv){zeros.s, 64 << 20}, &packed, &err), OK);
  assert_in_range(packed.n, 1000, 100000);
  str_fini(&zeros);
  Job job = {.memory = mem_resident() + (20 << 20)};
  assert_int_equal(try_bytes(&job, "bomb.csv.gz", packed.s, packed.n, NULL, &f), ERR_MEMORY);
  assert_has(err.msg, "the unpacked file needs ");
  assert_has(err.msg, "raise --memory or take fewer rows or columns");
  str_fini(&packed);
}

TEST(unpacking_stops_when_asked) {
  Job job = {0};
  Frame *f;
  atomic_store(&job.cancel, true);
  assert_int_equal(try_bytes(&job, "t.csv.gz", CSV_GZ, sizeof CSV_GZ, NULL, &f), ERR_CANCELLED);
  assert_int_equal(try_bytes(&job, "t.csv.xz", CSV_XZ, sizeof CSV_XZ, NULL, &f), ERR_CANCELLED);
}

TEST(the_ending_of_a_name_compresses_and_the_same_table_comes_back) {
  static const char *const ending[] = {".gz", ".bz2", ".xz", ".zst"};
  Frame *f = help_read_bytes(NULL, "t.csv", (const char *)CSV_PLAIN, sizeof CSV_PLAIN, NULL), *g;
  char want[65], got[65];
  frame_hash(f, want);
  for (size_t k = 0; k < 4; k++) {
    char name[32];
    ReadOpts opts;
    Str bytes = {0}, again = {0};
    io_read_defaults(&opts);
    snprintf(name, sizeof name, "w.tsv%s", ending[k]);
    if (io_write(NULL, &HELP_DOOR, f, help_path(name), &err) != OK) fail_msg("%s", err.msg);
    assert_int_equal(io_read_bytes(&HELP_DOOR, help_path(name), &bytes, &err), OK);
    assert_int_equal(packing_of((Sv){str_c(&bytes), bytes.n}), packing_of_name(name));
    if (io_read(NULL, &HELP_DOOR, help_path(name), &opts, &g, &err) != OK) fail_msg("%s", err.msg);
    frame_hash(g, got);
    assert_string_equal(got, want);
    frame_unref(g);
    assert_int_equal(io_write(NULL, &HELP_DOOR, f, help_path(name), &err), OK); // no date in it: the same bytes
    assert_int_equal(io_read_bytes(&HELP_DOOR, help_path(name), &again, &err), OK);
    assert_int_equal(again.n, bytes.n);
    assert_memory_equal(again.s, bytes.s, bytes.n);
    str_fini(&bytes);
    str_fini(&again);
  }
  frame_unref(f);
}

TEST(what_is_no_table_stays_packed) {
  Str bytes = {0};
  const char *path = help_file("t.lua.gz", (const char *)CSV_GZ, sizeof CSV_GZ);
  assert_int_equal(io_read_bytes(&HELP_DOOR, path, &bytes, &err), OK);
  assert_int_equal(bytes.n, sizeof CSV_GZ);
  str_fini(&bytes);
}

TEST(a_library_that_is_not_there_is_named_with_its_package) {
  static const char *const name[] = {"no_such_function"};
  void *call[1];
  assert_int_equal(dynlib_open("libnothing.so.9", "libnothing9", name, 1, call, &err), ERR_IO);
  assert_string_equal(err.msg, "this kind of file needs the library libnothing.so.9, which is not installed: sudo apt "
                               "install libnothing9");
  assert_int_equal(dynlib_open("libz.so.1", "zlib1g", name, 1, call, &err), ERR_IO);
  assert_string_equal(err.msg, "the installed libz.so.1 is too old: it lacks no_such_function; a newer zlib1g has it");
}

TEST(a_packed_file_on_standard_input_is_read) {
  const char *path = help_file("t", (const char *)CSV_GZ, sizeof CSV_GZ);
  int was = dup(STDIN_FILENO), in = open(path, O_RDONLY);
  assert_true(in >= 0 && dup2(in, STDIN_FILENO) == STDIN_FILENO);
  close(in);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  ErrCode code = io_read(NULL, &HELP_DOOR, "-", &opts, &f, &err);
  if (was >= 0) dup2(was, STDIN_FILENO), close(was);
  assert_int_equal(code, OK);
  assert_fifty_rows(f);
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(every_compression_is_seen_by_its_bytes_and_told), CASE(the_name_inside_tells_the_format),
    CASE(an_archive_of_several_files_asks_which), CASE(an_empty_archive_says_so),
    CASE(a_cut_or_damaged_file_says_where_and_how_much_could_be_read),
    CASE(bytes_behind_the_end_of_gzip_are_no_silent_loss_but_zeros_are_padding),
    CASE(every_cut_of_every_kind_is_an_error_or_a_table), CASE(a_bomb_meets_the_memory_budget),
    CASE(unpacking_stops_when_asked), CASE(the_ending_of_a_name_compresses_and_the_same_table_comes_back),
    CASE(what_is_no_table_stays_packed), CASE(a_library_that_is_not_there_is_named_with_its_package),
    CASE(a_packed_file_on_standard_input_is_read), CASE(the_folder_of_the_test_is_removed))
