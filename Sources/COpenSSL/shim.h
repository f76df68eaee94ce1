#ifndef GITDEX_COPENSSL_SHIM_H
#define GITDEX_COPENSSL_SHIM_H

#include <openssl/err.h>
#include <openssl/evp.h>

#endif
