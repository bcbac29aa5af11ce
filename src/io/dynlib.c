// Libraries that only some files need. Linking them would cost each start milliseconds, so they are opened when the
// first such file is read, and stay open.
#include "io/formats_int.h"

#include <dlfcn.h>

ErrCode dynlib_open(const char *library, const char *package, const char *const *name, size_t n, void *calls,
                    Err *err) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return err_set(err, ERR_IO, "this kind of file needs the library %s, which is not installed: sudo apt install %s",
                   library, package);
  for (size_t k = 0; k < n; k++) {
    void *call = dlsym(handle, name[k]);
    if (!call)
      return err_set(err, ERR_IO, "the installed %s is too old: it lacks %s; a newer %s has it", library, name[k],
                     package);
    memcpy((char *)calls + k * sizeof call, &call, sizeof call);
  }
  return OK;
}
