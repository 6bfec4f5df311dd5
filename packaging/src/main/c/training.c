/* Makes the AOT cache: starts the same machine as the starter does, with
 * -XX:AOTCacheOutput, runs every command of a file in it, one per line, and winds the machine down,
 * which writes the cache. Usage: training HOME CACHE COMMANDS. A line's words are separated by
 * blanks; `#` starts a comment. The commands' exit statuses do not matter; that they ran does. */
#define _GNU_SOURCE
#include "jvm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 64 };

static int train(struct jvm *jvm, char *line)
{
    char *words[MOST_WORDS];
    int count = 0;
    char *rest = line;
    for (char *word; count < MOST_WORDS && (word = strtok_r(rest, " \t\n", &rest)) != NULL;)
        words[count++] = word;
    if (count == 0 || words[0][0] == '#')
        return 0;
    printf("+ %s %s\n", words[0], count > 1 ? words[1] : "");
    fflush(stdout);
    int status = 0;
    int outcome = jvm_run(jvm, "org/vzj/cli/Main", count, words, &status);
    if (outcome == -2) {
        (*jvm->env)->ExceptionClear(jvm->env);
        fprintf(stderr, "training: %s threw\n", words[0]);
        return -1;
    }
    printf("  exit status %d\n", status);
    return outcome;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: training HOME CACHE COMMANDS\n");
        return 2;
    }
    FILE *commands = fopen(argv[3], "re");
    if (commands == NULL) {
        perror(argv[3]);
        return 1;
    }
    char *output = NULL;
    struct jvm jvm;
    if (asprintf(&output, "-XX:AOTCacheOutput=%s", argv[2]) < 0
        || jvm_start(&jvm, argv[1], (const char *const[JVM_EXTRA_OPTIONS]){output}) != 0)
        return 1;
    char *line = NULL;
    size_t size = 0;
    int failed = 0;
    while (getline(&line, &size, commands) > 0)
        failed |= train(&jvm, line);
    free(line);
    fclose(commands);
    (*jvm.vm)->DestroyJavaVM(jvm.vm);
    return failed == 0 ? 0 : 1;
}
