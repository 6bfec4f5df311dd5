/* Small texts that the monitor writes and reads; without libc, and so tested by themselves. */
#ifndef VZ_STATUS_TEXT_H
#define VZ_STATUS_TEXT_H

#define STATUS_TEXT 16

/* A decimal number's digits, without an end mark; returns how many. */
static inline int put_decimal(char *text, unsigned long long number)
{
	char digits[20];
	int count = 0, length = 0;

	do
		digits[count++] = (char)('0' + number % 10);
	while (number /= 10);
	while (count)
		text[length++] = digits[--count];
	return length;
}

/* A wait status as "exit N\n" or "signal N\n"; returns its length. */
static inline int status_text(char text[STATUS_TEXT], int status)
{
	const char *word = status & 0x7f ? "signal " : "exit ";
	int length = 0;

	while (word[length]) {
		text[length] = word[length];
		length++;
	}
	length += put_decimal(text + length,
			      (unsigned)(status & 0x7f ? status & 0x7f : status >> 8 & 0xff));
	text[length++] = '\n';
	return length;
}

/* Reads digits; returns what follows them, or a null pointer if there are none or too many. */
static inline const char *parse_decimal(const char *text, unsigned long long *number)
{
	const char *start = text;

	*number = 0;
	while (*text >= '0' && *text <= '9') {
		if (text - start == 19)
			return 0;
		*number = *number * 10 + (unsigned long long)(*text++ - '0');
	}
	return text == start ? 0 : text;
}

/* "/proc/PID/stat" */
static inline void stat_path(char *path, unsigned long long pid)
{
	const char *end = "/stat", *begin = "/proc/";

	while (*begin)
		*path++ = *begin++;
	path += put_decimal(path, pid);
	while (*end)
		*path++ = *end++;
	*path = 0;
}

/* Field 22 of the text of /proc/PID/stat; 0 if it is not there. */
static inline unsigned long long stat_start_time(const char *text)
{
	unsigned long long time;
	const char *at = 0;
	int field = 2;

	/* The name in parentheses may hold both spaces and parentheses. */
	for (; *text; text++)
		if (*text == ')')
			at = text;
	while (at && *at && field < 22)
		if (*at++ == ' ')
			field++;
	return at && parse_decimal(at, &time) ? time : 0;
}

#endif
