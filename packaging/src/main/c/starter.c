/* vzctl, vzlist, vzcheck: one program under several names. It starts the Java virtual machine of
 * the image that it lies in, calls org.vzj.cli.Main.run({name, arguments...}) and exits with what
 * that returns. Instead of a shell script and bin/java: see README.md, "What a start costs". */
#define _GNU_SOURCE
#include "jvm.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SYSTEM_ERROR = 3 }; /* as OpenVZ numbers it */

/* What is run by the hundred has a cache without the classes of everything else: the machine makes
 * each class of its cache ready at the start, whether it is used or not. */
static const char *const everyday[] = {
    "start", "stop", "restart", "mount", "umount", "status", "exec", "exec2", "enter",
};

static const char *cache_name(int count, char **words)
{
    if (count > 0 && strcmp(words[0], "vzlist") == 0)
        return "everyday";
    if (count == 0 || strcmp(words[0], "vzctl") != 0)
        return "vzj";
    int verb = 1;
    while (verb < count && words[verb][0] == '-')
        verb++;
    for (size_t i = 0; verb < count && i < sizeof everyday / sizeof *everyday; i++)
        if (strcmp(words[verb], everyday[i]) == 0)
            return "everyday";
    return verb == count ? "everyday" : "vzj";
}

struct arguments {
    int count;
    char **words;
};

static void *command(void *pointer)
{
    struct arguments *arguments = pointer;
    char home[PATH_MAX];
    if (jvm_home(home, sizeof home) != 0)
        _exit(SYSTEM_ERROR);
    setenv("VZ_LIB_DIR", home, 0);
    char *cache = NULL;
    if (asprintf(&cache, "-XX:AOTCache=%s/lib/%s.aot", home, cache_name(arguments->count, arguments->words)) < 0)
        _exit(SYSTEM_ERROR);
    /* A list does the same for each of hundreds of containers: it is worth compiling early. */
    const char *scaling = arguments->count > 0 && strcmp(arguments->words[0], "vzlist") == 0 ? "-XX:CompileThresholdScaling=1" : NULL;
    struct jvm jvm;
    if (jvm_start(&jvm, home, (const char *const[JVM_EXTRA_OPTIONS]){cache, scaling}) != 0)
        _exit(SYSTEM_ERROR);
    int status = SYSTEM_ERROR;
    if (jvm_run(&jvm, "org/vzj/cli/Main", arguments->count, arguments->words, &status) == -1)
        fprintf(stderr, "%s: the commands are missing from %s/lib/app\n", arguments->words[0], home);
    /* No DestroyJavaVM: nothing is left to wait for once a command has its status, and to wind the
     * machine down takes longer than to let the kernel take it away. */
    fflush(NULL);
    _exit(status);
}

int main(int argc, char **argv)
{
    char *name = argc > 0 ? strrchr(argv[0], '/') : NULL;
    if (name != NULL)
        argv[0] = name + 1;
    struct arguments arguments = {argc, argv};
    /* A thread of its own, as bin/java does: HotSpot cannot place guard pages in the first
     * thread's stack, which grows by itself. */
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 8 << 20);
    int error = pthread_create(&thread, &attributes, command, &arguments);
    if (error != 0) {
        fprintf(stderr, "vzj: no thread to start in: %s\n", strerror(error));
        return SYSTEM_ERROR;
    }
    pthread_join(thread, NULL);
    return SYSTEM_ERROR;
}
