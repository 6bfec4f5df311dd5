/*
 * seccompcheck HEX CALL...: installs the filter, then makes each call and prints its errno, or 0.
 * A call is ABI:NUMBER:ARG0:ARG1 with the ABI "native" or, on x86-64, "i386" (by int 0x80, which
 * a filter sees as the 32-bit numbering). Arguments not given are 0.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct sock_filter program[4096];

static long call_i386(long number, long a, long b) {
#ifdef __x86_64__
	long result;
	__asm__ volatile("int $0x80"
                   : "=a"(result)
                   : "a"(number), "b"(a), "c"(b), "d"(0L), "S"(0L), "D"(0L)
                   : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
#else
	(void)number, (void)a, (void)b;
	return -ENOSYS;
#endif
}

int main(int argc, char **argv) {
	struct sock_fprog filter = {0, program};
	const char *hex = argc > 1 ? argv[1] : "";
	unsigned char *bytes = (unsigned char *)program;
	size_t n = strlen(hex) / 2, i;
	if (n == 0 || n > sizeof program) return 2;
	for (i = 0; i < n; i++) sscanf(hex + 2 * i, "%2hhx", &bytes[i]);
	filter.len = (unsigned short)(n / 8);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
			syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) < 0) {
		perror("seccomp");
		return 1;
	}
	for (i = 2; i < (size_t)argc; i++) {
		char abi[16];
		long number = 0, a = 0, b = 0, result;
		sscanf(argv[i], "%15[^:]:%li:%li:%li", abi, &number, &a, &b);
		if (strcmp(abi, "i386") == 0) {
			result = call_i386(number, a, b);
			printf("%s %ld\n", argv[i], result < 0 && result > -4096 ? -result : 0);
		} else {
			errno = 0;
			result = syscall(number, a, b, 0, 0, 0, 0);
			printf("%s %d\n", argv[i], result == -1 ? errno : 0);
		}
		fflush(stdout);
	}
	return 0;
}
