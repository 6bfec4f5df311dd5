/* A plan as text: "vzlaunch 1", then one step per line. Nothing here knows what a step means. */
#ifndef VZ_PLAN_H
#define VZ_PLAN_H

#include <stddef.h>

struct step {
	char *verb;
	char **words; /* unescaped, NULL at the end */
	int count;    /* of words, the verb not counted */
	char *text;   /* the line as it was written, for reports */
};

struct plan {
	struct step *steps;
	int count;
	char *memory; /* holds the words */
};

/*
 * Reads a plan. Returns 0; or -1 with *bad the number of the faulty step (0: the header) and *why
 * what is wrong with it.
 */
int plan_parse(struct plan *plan, const char *text, size_t length, int *bad, const char **why);

void plan_free(struct plan *plan);

/* Number of the first step with this verb, from 0; -1 if there is none. */
int plan_find(const struct plan *plan, const char *verb);

#endif
