/* Parses the text of a plan. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#define HEADER "vzlaunch 1\n"

/* Unescapes one word in place. \ooo is a byte other than NUL, \e an empty word. */
static int unescape(char *word)
{
	char *in = word, *out = word;

	if (strcmp(word, "\\e") == 0) {
		*word = 0;
		return 0;
	}
	while (*in) {
		if (*in != '\\') {
			*out++ = *in++;
			continue;
		}
		int value = 0;
		for (int i = 1; i <= 3; i++) {
			if (in[i] < '0' || in[i] > '7')
				return -1;
			value = value * 8 + in[i] - '0';
		}
		if (value == 0 || value > 255)
			return -1;
		*out++ = (char)value;
		in += 4;
	}
	*out = 0;
	return 0;
}

static int count_byte(const char *text, char byte)
{
	int count = 0;

	for (; *text; text++)
		count += *text == byte;
	return count;
}

/* Splits a line, which it changes, at single spaces. */
static const char *split(struct step *step, char *line)
{
	int words = count_byte(line, ' ');
	char *word = line;

	step->words = calloc((size_t)words + 1, sizeof *step->words);
	if (!step->words)
		return "no memory";
	for (int i = 0; i <= words; i++) {
		char *end = strchr(word, ' ');
		if (end)
			*end = 0;
		if (!*word)
			return "two spaces, or a space at the end";
		if (unescape(word) < 0)
			return "bad escape";
		if (i == 0)
			step->verb = word;
		else
			step->words[i - 1] = word;
		word = end ? end + 1 : word;
	}
	step->count = words;
	return NULL;
}

int plan_parse(struct plan *plan, const char *text, size_t length, int *bad, const char **why)
{
	size_t header = strlen(HEADER);
	char *line;

	memset(plan, 0, sizeof *plan);
	*bad = 0;
	*why = "not a plan of this version";
	if (length < header || memcmp(text, HEADER, header) != 0)
		return -1;
	*why = "the last line is not complete";
	if (text[length - 1] != '\n')
		return -1;
	*why = "a NUL byte";
	if (memchr(text, 0, length))
		return -1;
	length -= header;
	*why = "no memory";
	/* Two copies of the text: the words, and the lines as they are. */
	plan->memory = malloc(2 * (length + 1));
	if (!plan->memory)
		return -1;
	memcpy(plan->memory, text + header, length);
	plan->memory[length] = 0;
	memcpy(plan->memory + length + 1, plan->memory, length + 1);
	plan->steps = calloc((size_t)count_byte(plan->memory, '\n') + 1, sizeof *plan->steps);
	if (!plan->steps)
		return -1;
	line = plan->memory;
	while (*line) {
		char *end = strchr(line, '\n');
		struct step *step = &plan->steps[plan->count++];

		*end = 0;
		step->text = line + length + 1;
		step->text[end - line] = 0;
		*bad = plan->count;
		*why = split(step, line);
		if (*why)
			return -1;
		line = end + 1;
	}
	return 0;
}

void plan_free(struct plan *plan)
{
	for (int i = 0; i < plan->count; i++)
		free(plan->steps[i].words);
	free(plan->steps);
	free(plan->memory);
	memset(plan, 0, sizeof *plan);
}

int plan_find(const struct plan *plan, const char *verb)
{
	for (int i = 0; i < plan->count; i++)
		if (strcmp(plan->steps[i].verb, verb) == 0)
			return i;
	return -1;
}
