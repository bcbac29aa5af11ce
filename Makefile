# tycho: build, test, install. `make run` and `make test` set up what they need; see README.md.
# The room table below is the law of the house: a room sees the public headers of the rooms named here and no others.

SHELL := /bin/bash
.SUFFIXES:
.DEFAULT_GOAL := all

ROOMS := base num frame io stats prep model eval plot chart draw show note wire bind kernel ui

may.base   :=
may.num    := base
may.frame  := base num
may.io     := base frame
may.stats  := base num frame
may.prep   := base num frame stats
may.model  := base num frame stats prep
may.eval   := base num frame stats prep model
may.plot   := base
may.chart  := base num frame stats plot
may.draw   := base plot
may.show   := base plot
may.note   := base plot draw show
may.wire   := base plot show
may.bind   := base num frame io stats prep model eval plot chart draw show note
may.kernel := base num frame io stats prep model eval plot chart draw show note wire bind
may.ui     := base plot draw show note wire
may.main   := kernel ui

BUILD  ?= build
PREFIX ?= /usr/local
ROOT   := $(CURDIR)
CSTD   := -std=c17 -D_GNU_SOURCE
OPT    ?= -O2 -g
WARN   := -Wall -Wextra -Wshadow -Wconversion
WARN   += $(if $(CI)$(STRICT),-Werror)
CFLAGS ?=
FLAGS  := $(CSTD) $(OPT) $(WARN) -ffp-contract=off -fno-strict-aliasing -pthread $(SAN) $(CFLAGS)
LUA_INC := $(firstword $(wildcard /usr/include/lua5.4) $(wildcard /usr/local/include/lua5.4))
SCREEN := -lncursesw -ltinfo -lreadline -lmd4c
LIBS   := -llua5.4 -lcsv $(SCREEN) -lm

at = $(if $(filter ui,$1),ui,src/$1)
# What other rooms may see of a room: base is all small headers; every other room has one door (frame's and wire's are in
# leaves).
door.base := $(filter-out %_int.h,$(notdir $(wildcard src/base/*.h)))
door.bind := host.h
door.num := num.h dist.h
door.frame := frame.h verbs.h expr.h group.h shape.h
door.stats := stats.h tests.h assoc.h quality.h scores.h report.h explain.h power.h
door.model := model.h exchange.h explain.h training.h
door.note := note.h report.h
door.prep := prep.h preview.h transform.h features.h suggest.h
door.eval := eval.h folds.h
door.wire := wire.h fields.h views.h calls.h models.h
door = $(or $(door.$1),$1.h)

BUILT := $(foreach r,$(ROOMS),$(if $(wildcard $(call at,$r)/*.c),$r))
SRC   := $(foreach r,$(BUILT),$(wildcard $(call at,$r)/*.c))
OBJ   := $(SRC:%.c=$(BUILD)/obj/%.o)
LIB   := $(BUILD)/libtycho.a

.PHONY: all run test strict asan soak fuzz ui-alone clean install census bench docs gallery
all: $(BUILD)/tycho

# ---- rooms: what each may include -----------------------------------------------------------------------------------
define ROOM_RULE
$(BUILD)/inc/$1/.stamp: Makefile $(foreach r,$(may.$1),$(addprefix $(call at,$r)/,$(call door,$r)))
	@rm -rf $(BUILD)/inc/$1 && mkdir -p $(BUILD)/inc/$1
	@$(if $(filter main,$1),:,ln -s $(ROOT)/$(call at,$1) $(BUILD)/inc/$1/$1)
	@$(foreach r,$(may.$1),mkdir -p $(BUILD)/inc/$1/$r;$(foreach h,$(call door,$r),[ ! -e $(call at,$r)/$h ] || ln -s $(ROOT)/$(call at,$r)/$h $(BUILD)/inc/$1/$r/$h;))
	@touch $$@
$(BUILD)/obj/$(call at,$1)/%.o: $(call at,$1)/%.c $(BUILD)/inc/$1/.stamp
	@mkdir -p $$(@D)
	@echo "  CC   $$<"
	@$(CC) $(FLAGS) -I$(BUILD)/inc/$1 $(if $(filter bind,$1),-I$(LUA_INC)) -MMD -MP -c $$< -o $$@
endef
$(foreach r,$(BUILT),$(eval $(call ROOM_RULE,$r)))
$(foreach r,$(ROOMS),$(foreach h,$(call door,$r),$(eval $(call at,$r)/$h:)))

$(BUILD)/inc/main/.stamp: Makefile
	@rm -rf $(BUILD)/inc/main && mkdir -p $(foreach r,$(may.main) base,$(BUILD)/inc/main/$r)
	@ln -s $(ROOT)/src/kernel/kernel.h $(BUILD)/inc/main/kernel/
	@ln -s $(ROOT)/ui/ui.h $(BUILD)/inc/main/ui/
	@for h in src/base/*.h; do ln -s $(ROOT)/$$h $(BUILD)/inc/main/base/; done
	@touch $@
$(BUILD)/obj/src/main.o: src/main.c $(BUILD)/inc/main/.stamp
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(FLAGS) -I$(BUILD)/inc/main -MMD -MP -c $< -o $@

$(LIB): $(OBJ)
	@rm -f $@ && ar rcs $@ $(OBJ)
$(BUILD)/tycho: $(BUILD)/obj/src/main.o $(LIB)
	@echo "  LINK $@"
	@$(CC) $(FLAGS) $^ $(LIBS) -o $@

# ---- tests: one program a file under tests/unit, conform, fuzz and screen -------------------------------------------
TEST_SRC := $(wildcard tests/unit/*/*.c tests/conform/*.c tests/fuzz/*.c tests/screen/*.c)
TEST_BIN := $(TEST_SRC:%.c=$(BUILD)/%)
$(BUILD)/tests/%: tests/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  TEST $<"
	@$(CC) $(FLAGS) $(TEST_FLAGS) -Isrc -I. -Itests -I$(LUA_INC) -MMD -MP -MF $@.d $< $(LIB) -lcmocka -lvterm -lutil $(LIBS) -o $@

.PHONY: setup tests
setup:
	@scripts/dev/setup

tests: $(BUILD)/tycho $(TEST_BIN)

# Set-up may have just installed the headers that the variables above look for, hence the second make.
run: setup
	@$(MAKE) --no-print-directory -s -j2 all
	@$(BUILD)/tycho

test: setup
	@$(MAKE) --no-print-directory -j2 tests
	@tests/run $(BUILD)

strict:
	@$(MAKE) --no-print-directory -j2 STRICT=1 all tests

ASAN := SAN="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer" OPT="-O1 -g" BUILD=build/asan
asan: setup all
	@$(MAKE) --no-print-directory -j2 $(ASAN) tests
	@tests/run build/asan

BENCH_BIN := $(patsubst %,$(BUILD)/tests/bench/%,tables stats pipelines make_tables latency boost forest)
bench: all $(BENCH_BIN)
	@tests/bench/run $(BUILD)
	@tests/bench/compare $(BUILD)
	@tests/bench/boosting $(BUILD)
	@tests/bench/keys $(BUILD)

# The long ones: clang's build and tests, the thread sanitizer on what runs on the pool, and tests/soak. (A kernel behind
# its desk cannot run under the former: it holds signals back until the next system call, and a cancelled endless loop
# makes none.)
TSAN := SAN="-fsanitize=thread" OPT="-O1 -g" BUILD=build/tsan
THREADED := base/pool num/sum num/moments num/mat num/order num/rank num/quantile stats/corr stats/corr_rank num/cross stats/describe \
  stats/exact stats/test_ranks stats/test_parametric frame/expr_value frame/groups frame/agg frame/window frame/sort frame/gather frame/join_property frame/stack io/differ io/differ_types
soak: setup all
	@command -v clang > /dev/null || { echo "soak: clang is not installed" >&2; exit 1; }
	@$(MAKE) --no-print-directory -j2 CC=clang BUILD=build/clang STRICT=1 tests
	@tests/run build/clang
	@$(MAKE) --no-print-directory -j2 $(TSAN) $(THREADED:%=build/tsan/tests/unit/%)
	@tests/run build/tsan unit
	@$(MAKE) --no-print-directory -j2 tests
	@$(MAKE) --no-print-directory -j2 $(ASAN) tests
	@tests/soak $(BUILD) build/asan

# libFuzzer on every reader and on expressions: TYCHO_FUZZ_SECONDS each (60), two at a time, from the kept corpus.
READERS := csv json arff libsvm sqlite packed expr
FUZZER := SAN="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all" OPT="-O1 -g" BUILD=build/fuzz \
  TEST_FLAGS="-fsanitize=fuzzer -DTYCHO_LIBFUZZER" CC=clang
fuzz: setup
	@command -v clang > /dev/null || { echo "fuzz: clang is not installed" >&2; exit 1; }
	@$(MAKE) --no-print-directory -j2 $(FUZZER) $(READERS:%=build/fuzz/tests/fuzz/%)
	@tests/fuzz/long build/fuzz/tests/fuzz $(READERS)

# The screen linked against the rooms that it may know: the proof that it knows no data.
ALONE := ui base plot draw show note wire
ui-alone: $(foreach r,$(ALONE),$(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard $(call at,$r)/*.c)))
	@mkdir -p $(BUILD)/tests/unit/ui
	@$(CC) $(FLAGS) -Isrc -I. -Itests tests/unit/ui/client.c $^ -lcmocka $(SCREEN) -lm -o $(BUILD)/ui-alone
	@echo "ui links with $(filter-out ui,$(ALONE)) alone"

# docs/reference, from the tables of the program
docs: all
	@scripts/dev/reference $(BUILD)/tycho docs/reference

# docs/gallery.md and its pictures: every chart by its example
gallery: all
	@scripts/dev/gallery $(BUILD)/tycho docs

census:
	@scripts/dev/census

install: all
	install -Dm755 $(BUILD)/tycho $(DESTDIR)$(PREFIX)/bin/tycho
	install -d $(DESTDIR)$(PREFIX)/share/tycho/datasets $(DESTDIR)$(PREFIX)/share/tycho/recipes
	install -m644 datasets/* $(DESTDIR)$(PREFIX)/share/tycho/datasets
	install -m644 scripts/recipes/*.lua scripts/recipes/*.json $(DESTDIR)$(PREFIX)/share/tycho/recipes
	install -Dm644 docs/tycho.1 $(DESTDIR)$(PREFIX)/share/man/man1/tycho.1

clean:
	rm -rf build

-include $(OBJ:.o=.d) $(BUILD)/obj/src/main.d $(TEST_BIN:=.d) $(BENCH_BIN:=.d)
