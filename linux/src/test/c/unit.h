/* A check that tells where it failed and goes on. */
#ifndef VZ_UNIT_H
#define VZ_UNIT_H

#include <stdio.h>

extern int unit_failures;

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);    \
			unit_failures++;                                                           \
		}                                                                                  \
	} while (0)

void test_plan(void);
void test_words(void);
void test_ring(void);
void test_status_text(void);
void test_channel(void);
void test_flow(void);
void test_ugid(void);

#endif
