/* Words: numbers, flags, lists, hexadecimal digits. */
#define _GNU_SOURCE
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "unit.h"
#include "words.h"

static void numbers(void)
{
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1a", "4294967295",
					  "99999999999999999999999"};
	unsigned long long value;
	unsigned id, mode;

	CHECK(parse_number("18446744073709551615", ~0ULL, &value) == 0 && value == ~0ULL);
	CHECK(parse_number("18446744073709551616", ~0ULL, &value) == -1);
	CHECK(parse_id("0", &id) == 0 && id == 0);
	CHECK(parse_id("4294967294", &id) == 0 && id == 4294967294U);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(parse_id(bad[i], &id) == -1);
	CHECK(parse_mode("7777", &mode) == 0 && mode == 07777);
	CHECK(parse_mode("10000", &mode) == -1);
	CHECK(parse_mode("8", &mode) == -1);
}

static void names(void)
{
	unsigned long long value;
	int flags;

	CHECK(parse_namespaces("user,pid", &flags) == 0);
	CHECK(flags == (CLONE_NEWUSER | CLONE_NEWPID));
	CHECK(parse_namespaces("-", &flags) == 0 && flags == 0);
	CHECK(parse_namespaces("user,", &flags) == -1);
	CHECK(parse_namespaces(",user", &flags) == -1);
	CHECK(parse_namespaces("time", &flags) == -1);
	CHECK(parse_namespaces("", &flags) == -1);
	CHECK(parse_rlimit_name("nofile", &flags) == 0 && flags == RLIMIT_NOFILE);
	CHECK(parse_rlimit_name("RLIMIT_NOFILE", &flags) == -1);
	CHECK(parse_rlimit_value("unlimited", &value) == 0 && value == RLIM_INFINITY);
	CHECK(parse_rlimit_value("18446744073709551615", &value) == -1);
}

static void mounts(void)
{
	struct mount_flags flags;

	CHECK(parse_mount_flags("rbind,ro,nosuid,rprivate", &flags) == 0);
	CHECK(flags.bind == (MS_BIND | MS_REC));
	CHECK(flags.flags == (MS_RDONLY | MS_NOSUID));
	CHECK(flags.propagation == (MS_PRIVATE | MS_REC));
	CHECK(!flags.remount);
	CHECK(parse_mount_flags("-", &flags) == 0 && !flags.flags && !flags.bind);
	CHECK(parse_mount_flags("remount", &flags) == 0 && flags.remount);
	CHECK(parse_mount_flags("defaults", &flags) == -1);
}

static void hexadecimal(void)
{
	unsigned char bytes[4];

	CHECK(parse_hex("00fFa9", bytes, sizeof bytes) == 3);
	CHECK(memcmp(bytes, "\x00\xff\xa9", 3) == 0);
	CHECK(parse_hex("", bytes, sizeof bytes) == 0);
	CHECK(parse_hex("0", bytes, sizeof bytes) == -1);
	CHECK(parse_hex("0g", bytes, sizeof bytes) == -1);
	CHECK(parse_hex("0011223344", bytes, sizeof bytes) == -1);
}

void test_words(void)
{
	numbers();
	names();
	mounts();
	hexadecimal();
}
