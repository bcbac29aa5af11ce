#include "model/exchange_int.h"
ErrCode exchange_read_lightgbm(Sv text, Foreign *out, Err *err) { (void)text, (void)out; return err_set(err, ERR_PARSE, "no"); }
ErrCode exchange_print_lightgbm(const Foreign *f, Str *out, Err *err) { (void)f, (void)out; return err_set(err, ERR_PARSE, "no"); }
ErrCode exchange_print_c(const Foreign *f, Str *out, Err *err) { (void)f, (void)out; return err_set(err, ERR_PARSE, "no"); }
