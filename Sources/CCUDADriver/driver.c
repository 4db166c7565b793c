#include "CCUDADriver.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Whether dlopen failed because there is no such library, rather than because of what is in it.
static bool isMissing(const char *path, const char *reason) {
  if (strchr(path, '/')) return access(path, F_OK) != 0;
  return reason && strstr(reason, path) == reason && strstr(reason, "No such file");
}

etude_cuda_driver_status etude_cuda_load_driver(
  const char *path, etude_cuda_driver *driver, char *fault, size_t size) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *reason = dlerror();
    snprintf(fault, size, "%s", reason ? reason : "");
    return isMissing(path, reason) ? etude_cuda_driver_not_found : etude_cuda_driver_not_loadable;
  }
  enum { optional, required };
  const struct {
    int need;
    const char *symbol;
    void *function;
  } table[] = {
#define ETUDE_CUDA_DRIVER_ENTRY(need, name, symbol, parameters) {need, symbol, &driver->name},
    ETUDE_CUDA_DRIVER_FUNCTIONS(ETUDE_CUDA_DRIVER_ENTRY)
#undef ETUDE_CUDA_DRIVER_ENTRY
  };
  for (size_t index = 0; index < sizeof table / sizeof *table; index++) {
    void *address = dlsym(library, table[index].symbol);
    if (!address && table[index].need == required) {
      snprintf(fault, size, "%s", table[index].symbol);
      dlclose(library);
      return etude_cuda_driver_incomplete;
    }
    // POSIX lets an object pointer hold a function's address, C does not: so it is copied.
    memcpy(table[index].function, &address, sizeof address);
  }
  return etude_cuda_driver_loaded;
}
