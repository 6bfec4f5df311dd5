/* Reads /proc/PID/status, see call.h. The kernel escapes a line's end in the program's name. */
#include "call.h"

enum { UID = 1, GID = 2, CAPABILITIES = 4, ALL = 7 };

void ugid_status_begin(struct ugid_status *status, uint32_t group)
{
	status->caller.euid = status->caller.egid = ~0U;
	status->caller.in_group = 0;
	status->caller.capabilities = 0;
	status->caller.at_home = 0;
	status->group = group;
	status->seen = 0;
	status->length = 0;
}

static int is(const struct ugid_status *status, const char *name)
{
	int i = 0;

	for (; i < (int)sizeof status->key && status->key[i]; i++)
		if (status->key[i] != name[i])
			return 0;
	return i == (int)sizeof status->key || !name[i];
}

static void take(struct ugid_status *status)
{
	/* Real, effective, saved, and the one for files. */
	if (status->field == 1 && is(status, "Uid")) {
		status->caller.euid = (uint32_t)status->value;
		status->seen |= UID;
	} else if (status->field == 1 && is(status, "Gid")) {
		status->caller.egid = (uint32_t)status->value;
		status->seen |= GID;
	} else if (is(status, "Groups")) {
		if (status->value == status->group)
			status->caller.in_group = 1;
	} else if (status->field == 0 && is(status, "CapEff")) {
		status->caller.capabilities = status->value;
		status->seen |= CAPABILITIES;
	}
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void in_values(struct ugid_status *status, char c)
{
	unsigned base = is(status, "CapEff") ? 16 : 10;
	int number = digit(c);

	if (number >= 0 && number < (int)base) {
		status->value = status->value * base + (unsigned)number;
		status->digits++;
		return;
	}
	if (status->digits) {
		take(status);
		status->field++;
	}
	status->digits = 0;
	status->value = 0;
}

void ugid_status_feed(struct ugid_status *status, const char *text, long count)
{
	for (long i = 0; i < count; i++) {
		if (status->length < 0) {
			in_values(status, text[i]);
			if (text[i] == '\n')
				status->length = 0;
		} else if (text[i] == ':') {
			for (int at = status->length; at < (int)sizeof status->key; at++)
				status->key[at] = 0;
			status->length = -1;
			status->field = status->digits = 0;
			status->value = 0;
		} else if (text[i] == '\n') {
			status->length = 0;
		} else if (status->length < (int)sizeof status->key) {
			status->key[status->length++] = text[i];
		}
	}
}

int ugid_status_complete(const struct ugid_status *status)
{
	return status->seen == ALL;
}
