/* Plans: their text taken apart, and broken ones refused. */
#include <stdlib.h>
#include <string.h>

#include "plan.h"
#include "unit.h"

/* Parses from a block of exactly this size, so that the sanitizer sees a read beyond its end. */
static int parse(struct plan *plan, const char *text, size_t length, int *bad)
{
	char *exact = malloc(length ? length : 1);
	const char *why = NULL;
	int result;

	memcpy(exact, text, length);
	result = plan_parse(plan, exact, length, bad, &why);
	free(exact);
	CHECK(result == 0 || why != NULL);
	return result;
}

static void good(void)
{
	const char *text = "vzlaunch 1\nmkdir /a\\040b 755\ndetach\nfile /x 644 \\e\n"
			   "exec /bin/sh sh \\134\\012\\377\n";
	struct plan plan;
	int bad;

	CHECK(parse(&plan, text, strlen(text), &bad) == 0);
	CHECK(plan.count == 4);
	CHECK(strcmp(plan.steps[0].verb, "mkdir") == 0);
	CHECK(plan.steps[0].count == 2);
	CHECK(strcmp(plan.steps[0].words[0], "/a b") == 0);
	CHECK(strcmp(plan.steps[0].words[1], "755") == 0);
	CHECK(plan.steps[0].words[2] == NULL);
	CHECK(strcmp(plan.steps[0].text, "mkdir /a\\040b 755") == 0);
	CHECK(plan.steps[1].count == 0);
	CHECK(plan.steps[2].words[2][0] == 0);
	CHECK(strcmp(plan.steps[3].words[2], "\\\n\377") == 0);
	CHECK(plan_find(&plan, "detach") == 1);
	CHECK(plan_find(&plan, "clone") == -1);
	plan_free(&plan);
}

static void empty(void)
{
	struct plan plan;
	int bad;

	CHECK(parse(&plan, "vzlaunch 1\n", 11, &bad) == 0);
	CHECK(plan.count == 0);
	plan_free(&plan);
}

static void broken(void)
{
	static const struct {
		const char *text;
		int bad;
	} cases[] = {
		{"", 0},
		{"v", 0},
		{"vzlaunch 1", 0},
		{"vzlaunch 2\n", 0},
		{"vzlaunch 1\nmkdir /a 755", 0},
		{"vzlaunch 1\n\n", 1},
		{"vzlaunch 1\n mkdir\n", 1},
		{"vzlaunch 1\nmkdir \n", 1},
		{"vzlaunch 1\nmkdir  /a\n", 1},
		{"vzlaunch 1\nok\nmkdir \\\n", 2},
		{"vzlaunch 1\nok\nmkdir \\0\n", 2},
		{"vzlaunch 1\nok\nmkdir \\04\n", 2},
		{"vzlaunch 1\nok\nmkdir \\089\n", 2},
		{"vzlaunch 1\nok\nmkdir \\000\n", 2},
		{"vzlaunch 1\nok\nmkdir \\400\n", 2},
		{"vzlaunch 1\nok\nmkdir \\ex\n", 2},
		{"vzlaunch 1\nok\nmkdir a\\e\n", 2},
	};
	struct plan plan;
	int bad;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		CHECK(parse(&plan, cases[i].text, strlen(cases[i].text), &bad) == -1);
		CHECK(bad == cases[i].bad);
		plan_free(&plan);
	}
	CHECK(parse(&plan, "vzlaunch 1\na\0b\n", 15, &bad) == -1);
	plan_free(&plan);
}

/* Every prefix and every single changed byte of a good plan: no crash, no read out of bounds. */
static void mutations(void)
{
	const char *text = "vzlaunch 1\nmkdir /a\\040b 755\nfile /x 644 \\e\n";
	size_t length = strlen(text);
	char changed[64];
	struct plan plan;
	int bad;

	for (size_t i = 0; i <= length; i++) {
		parse(&plan, text, i, &bad);
		plan_free(&plan);
	}
	for (size_t i = 0; i < length; i++) {
		for (int byte = 0; byte < 256; byte++) {
			memcpy(changed, text, length);
			changed[i] = (char)byte;
			parse(&plan, changed, length, &bad);
			plan_free(&plan);
		}
	}
}

void test_plan(void)
{
	good();
	empty();
	broken();
	mutations();
}
