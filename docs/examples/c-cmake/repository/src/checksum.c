#include "checksum.h"

#include <string.h>

bool luhn(const char *digits) {
  int sum = 0;
  bool twice = false;
  for (size_t left = strlen(digits); left > 0; left--) {
    int digit = digits[left - 1] - '0';
    if (twice) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
    twice = !twice;
  }
  return sum % 10 == 0;
}
