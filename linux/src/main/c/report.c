/* The report, written into the plan's file for the caller. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "vzlaunch.h"

void report_line(struct run *run, const char *format, ...)
{
	char line[1024];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(line, sizeof line - 1, format, args);
	va_end(args);
	if (length > (int)sizeof line - 2)
		length = (int)sizeof line - 2;
	line[length++] = '\n';
	/* A full file system must not make a success out of a failure: the exit status tells, too. */
	if (ftruncate(run->report, 0) < 0 || pwrite(run->report, line, (size_t)length, 0) < 0)
		return;
}

/* Returns the launcher's exit status for a failure. */
int report_failure(struct run *run, int step, int error, const char *why)
{
	const char *name = strerrorname_np(error), *words = strerrordesc_np(error);
	const char *text = "plan";

	if (step >= 0 && step < run->plan.count)
		text = run->plan.steps[step].text;
	report_line(run, "step %d (%.120s%s): %s %s", step + 1, text, strlen(text) > 120 ? "..." : "",
		    name ? name : "EIO", why && *why ? why : words ? words : "unknown error");
	return 255;
}
