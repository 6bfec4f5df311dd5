/* What single words of a plan mean: numbers, flags, names. */
#ifndef VZ_WORDS_H
#define VZ_WORDS_H

/* Each returns 0, or -1 with errno EINVAL. */
int parse_number(const char *word, unsigned long long max, unsigned long long *value);
int parse_id(const char *word, unsigned *id);
int parse_mode(const char *word, unsigned *mode);
int parse_namespaces(const char *word, int *flags);
int parse_rlimit_name(const char *word, int *resource);
int parse_rlimit_value(const char *word, unsigned long long *value);

struct mount_flags {
	unsigned long bind;        /* MS_BIND, MS_REC */
	unsigned long flags;       /* of the mount itself: MS_RDONLY ... */
	unsigned long propagation; /* MS_PRIVATE ... */
	int remount;
};
int parse_mount_flags(const char *word, struct mount_flags *flags);

/* Calls back for each part of a comma list; "-" is an empty list. */
int each_of_list(const char *list, int (*part)(const char *word, void *data), void *data);

/* Hexadecimal digits to bytes. Returns the number of bytes, or -1. */
long parse_hex(const char *word, unsigned char *bytes, unsigned long max);

#endif
