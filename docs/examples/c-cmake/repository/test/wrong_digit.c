#include "checksum.h"

int main(void) { return luhn("79927398710") ? 1 : 0; }
