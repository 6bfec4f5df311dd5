/*
 * Q_GETNEXTQUOTA as it is meant: the next id from a number on. The kernel's quota tree has four
 * levels of 256 entries. Where it has nothing below an entry, its search (find_next_id() in
 * fs/quota/quota_tree.c) goes on by a whole entry but keeps the lower digits of the number, and so
 * misses ids at the beginning of what comes next. A number that ends in zeros is safe.
 */
#ifndef VZ_UGID_NEXT_H
#define VZ_UGID_NEXT_H

#include <asm/errno.h>
#include <linux/quota.h>
#include <stdint.h>

/* Asks the kernel. Returns 0 or an error, negative. */
typedef long ugid_asked(void *context, uint32_t id, struct if_nextdqblk *found);

static inline long ugid_next(ugid_asked *ask, void *context, uint32_t id, struct if_nextdqblk *found)
{
	long error = ask(context, id, found);

	for (int digits = 8; digits <= 24; digits += 8) {
		uint32_t low = (1U << digits) - 1;

		if (error && error != -ENOENT)
			return error;
		/* Both below the same entry: then nothing was missed. */
		if (!error && (found->dqb_id ^ id) >> digits == 0)
			return 0;
		id = (id + low) & ~low;
		error = ask(context, id, found);
	}
	return error;
}

#endif
