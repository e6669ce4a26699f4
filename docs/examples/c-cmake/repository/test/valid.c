#include "checksum.h"

int main(void) { return luhn("79927398713") ? 0 : 1; }
