/* Runs the C unit tests; says nothing when all is well. */
#include "unit.h"

#include <stdio.h>

int unit_failures;

int main(void)
{
	test_plan();
	test_words();
	test_ring();
	test_status_text();
	test_channel();
	test_flow();
	test_ugid();
	if (unit_failures)
		fprintf(stderr, "%d failed\n", unit_failures);
	return unit_failures != 0;
}
