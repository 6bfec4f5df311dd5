/* See call.h. */
#include "call.h"

#include <asm/errno.h>
#include <linux/audit.h>
#include <linux/dqblk_xfs.h>

#define SYS_ADMIN 21

/* Their numbers in each of the numberings that a filter lets through; quotactl_fd's is the same. */
#define BY_DESCRIPTOR 443

static int quotactl_number(uint32_t arch)
{
	switch (arch) {
	case AUDIT_ARCH_X86_64:
		return 179;
	case AUDIT_ARCH_I386:
		return 131;
	case AUDIT_ARCH_AARCH64:
		return 60;
	default:
		return -1;
	}
}

int ugid_decode(const struct seccomp_data *data, struct ugid_call *call)
{
	int number = quotactl_number(data->arch);
	uint64_t mask = data->arch == AUDIT_ARCH_I386 ? 0xffffffffU : ~0ULL;
	uint32_t command;

	if (number < 0 || (data->nr != number && data->nr != BY_DESCRIPTOR))
		return -ENOSYS;
	call->by_descriptor = data->nr == BY_DESCRIPTOR;
	call->narrow = data->arch == AUDIT_ARCH_I386;
	command = (uint32_t)data->args[call->by_descriptor];
	call->where = data->args[!call->by_descriptor] & mask;
	call->id = (uint32_t)data->args[2];
	call->address = data->args[3] & mask;
	call->command = command >> SUBCMDSHIFT;
	call->type = command & SUBCMDMASK;
	/* Projects, type 2, are how the host limits the container itself. */
	return call->type == USRQUOTA || call->type == GRPQUOTA ? 0 : -EINVAL;
}

static int owns(const struct ugid_call *call, const struct ugid_caller *caller, uint32_t base)
{
	if (!caller->at_home || call->id >= UGID_IDS)
		return 0;
	return call->type == USRQUOTA ? caller->euid == base + call->id
				      : caller->egid == base + call->id || caller->in_group;
}

/* In the order of the kernel's own checks, check_quotactl_permission() and after. */
int ugid_check(const struct ugid_call *call, const struct ugid_caller *caller, uint32_t base)
{
	switch (call->command) {
	case Q_SYNC:
	case Q_GETFMT:
	case Q_GETINFO:
	case Q_XGETQSTAT:
	case Q_XGETQSTATV:
	case Q_XQUOTASYNC:
		return 0;
	case Q_GETQUOTA:
	case Q_XGETQUOTA:
		if (owns(call, caller, base))
			return 0;
		break;
	default:
		break;
	}
	if (!caller->at_home || !(caller->capabilities >> SYS_ADMIN & 1))
		return -EPERM;
	switch (call->command) {
	case Q_GETQUOTA:
	case Q_SETQUOTA:
	case Q_XGETQUOTA:
	case Q_XSETQLIM:
		return call->id < UGID_IDS ? 0 : -EINVAL;
	case Q_GETNEXTQUOTA:
	case Q_XGETNEXTQUOTA:
		return call->id < UGID_IDS ? 0 : -ENOENT;
	case Q_SETINFO:
	case Q_QUOTAON:
	case Q_XQUOTAON:
		return 0;
	case Q_QUOTAOFF:
	case Q_XQUOTAOFF:
	case Q_XQUOTARM:
		return -EPERM;
	default:
		return -EINVAL;
	}
}
