package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OomLogTest {
  private static final String START =
      "[ 12.3] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,";

  private static final String HEAD = START + "oom_memcg=/vz/101,task_memcg=";

  private static final String LOG =
      "[ 12.2] tail invoked oom-killer: gfp_mask=0xcc0\n"
          + (HEAD + "/vz/101,task=tail,pid=4711,uid=100000\n")
          + (START + "oom_memcg=/vz/1011,task_memcg=/vz/1011,task=other,pid=1,uid=0\n")
          + (HEAD + "/vz/101/a,task=x,pid=1,uid=0,task=evil\u001b[,pid=4712,uid=100033\n")
          + "[ 12.4] Memory cgroup out of memory: Killed process 4712 (evil)\n";

  @Test
  void victimsAreNamed() {
    assertThat(OomLog.lines("vz/101", 2, LOG))
        .containsExactly(
            "Out of memory: the kernel killed process 4711 (tail) of user id 100000",
            "Out of memory: the kernel killed process 4712 (evil?[) of user id 100033");
  }

  @Test
  void onlyTheNewOnesAreTold() {
    assertThat(OomLog.lines("vz/101", 1, LOG))
        .containsExactly(
            "Out of memory: the kernel killed process 4712 (evil?[) of user id 100033");
    assertThat(OomLog.lines("vz/101", 5, LOG)).hasSize(3).last().asString().contains("3 more");
    assertThat(OomLog.lines("vz/102", 1, LOG))
        .containsExactly(
            "Out of memory: the kernel killed 1 processes that its log does not name any more");
  }

  @Test
  void limitsAboveAndThatOfTheHostStrikeToo() {
    String victim = "task_memcg=/vz/101,task=a,pid=7,uid=8\n";
    for (String head :
        List.of("oom_memcg=/vz,", "oom_memcg=/,", "global_oom,", "oom_memcg=/vz/101,")) {
      assertThat(OomLog.lines("vz/101", 1, START + head + victim))
          .containsExactly("Out of memory: the kernel killed process 7 (a) of user id 8");
      assertThat(OomLog.lines("vz/10", 1, START + head + victim).getFirst()).contains("not name");
    }
  }

  @Test
  void nobodyPutsItsVictimDownToAnother() {
    String group = "/vz/101/,task_memcg=/vz/102,task=x,pid=1,uid=0/,oom_memcg=/vz/102";
    String log = START + "oom_memcg=" + group + ",task_memcg=" + group + ",task=y,pid=5,uid=6\n";
    assertThat(OomLog.lines("vz/102", 1, log).getFirst()).contains("does not name");
    assertThat(OomLog.lines("vz/101", 1, log))
        .containsExactly("Out of memory: the kernel killed process 5 (y) of user id 6");
  }
}
