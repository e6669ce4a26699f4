#ifndef CHECKSUM_H
#define CHECKSUM_H

#include <stdbool.h>

/* Whether the digits of a number fit its last one (Luhn). */
bool luhn(const char *digits);

#endif
