/*
 * System calls without libc, for the monitor: there is one for each container, and libc's start
 * alone would cost each of them half a megabyte.
 */
#ifndef VZ_BARE_H
#define VZ_BARE_H

#include <asm/unistd.h>

#if defined(__x86_64__)

static inline long bare_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

/* The kernel starts us with argc, argv and the environment on the stack. */
#define BARE_START                                                                                 \
	__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov %rsp, %rdi\n\tcall bare_main\n"   \
		"\thlt\n")

#elif defined(__aarch64__)

static inline long bare_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
}

#define BARE_START                                                                                 \
	__asm__(".globl _start\n_start:\n\tmov x29, #0\n\tmov x0, sp\n\tbl bare_main\n\tbrk #1\n")

#else
#error "no system calls for this architecture"
#endif

#define CALL(name, a, b, c, d, e)                                                                  \
	bare_call(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define CALL6(name, a, b, c, d, e, f)                                                              \
	bare_call(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

#endif
