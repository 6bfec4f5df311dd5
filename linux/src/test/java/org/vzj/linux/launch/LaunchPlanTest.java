package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchPlanTest {
  @Test
  void disks() {
    LaunchPlan plan =
        LaunchPlan.builder()
            .overlay(
                "/vz/t/base", "/vz/p/lower", "/vz/root/101", 100000, 200000, 65536, "lowerdir=x")
            .image("/vz/p/root.hdd", "/vz/root/102", "ext4", "ro", "-")
            .idmap("/vz/p/fs", "/vz/root/103", 100000, 200000, 65536, "ro,nodev")
            .subvolumeCreate("/vz/p/fs")
            .subvolumeReadonly("/vz/p/fs")
            .snapshot("/vz/p/fs", "/vz/p/{a}", true)
            .snapshot("/vz/p/{a}", "/vz/p/new", false)
            .subvolumeDelete("/vz/p/{a}")
            .build();
    assertThat(plan.text())
        .isEqualTo(
            """
            vzlaunch 1
            overlay /vz/t/base /vz/p/lower /vz/root/101 100000 200000 65536 lowerdir=x
            image /vz/p/root.hdd /vz/root/102 ext4 ro -
            idmap /vz/p/fs /vz/root/103 100000 200000 65536 ro,nodev
            subvolume-create /vz/p/fs
            subvolume-readonly /vz/p/fs
            snapshot /vz/p/fs /vz/p/{a} ro
            snapshot /vz/p/{a} /vz/p/new -
            subvolume-delete /vz/p/{a}
            """);
  }

  @Test
  void aContainersStart() {
    LaunchPlan plan =
        LaunchPlan.builder()
            .detach()
            .mkdirBeneath("/vz/root/101", "dev", 0755, 100000, 100000)
            .mknodBeneath("/vz/root/101", "dev/null", 'c', 1, 3, 0666, 100000, 100000)
            .symlinkBeneath("/vz/root/101", "dev/fd", "/proc/self/fd", 100000, 100000)
            .console("/run/vz/101/console.log", "/run/vz/101/console.sock", 65536, 100000, 100000)
            .stdio(StdioMode.CONSOLE)
            .cloneInto(100000, 100000, "-", Namespace.USER, Namespace.PID, Namespace.MOUNT)
            .cgroup("/sys/fs/cgroup/pids/vz/101")
            .uidmap(0, 100000, 65536)
            .gidmap(0, 100000, 65536)
            .pidfile("/run/vz/101/init")
            .monitor("/usr/lib/vzj/vzmonitor", List.of("/run/vz/101", "vzctl", "reap", "101"))
            .inside()
            .unshareCgroup()
            .mount("proc", "/vz/root/101/proc", "proc", "nosuid,nodev,noexec", "-")
            .bindConsole("/vz/root/101/dev/console")
            .pivot("/vz/root/101")
            .mask("/proc/kcore")
            .readonly("/proc/sys")
            .file("/etc/machine-id", 0444, "0123\n")
            .hostname("web")
            .sessionWithTerminal()
            .rlimit("nofile", "1024", "unlimited")
            .mergeMemory()
            .capabilities(List.of(0, 7, 21))
            .seccomp("0600000000000000")
            .umask(0022)
            .chdir("/")
            .env("container", "lxc")
            .gate()
            .tryExec("/sbin/init", List.of("init"))
            .exec("/bin/sh", List.of("sh", "-c", "echo no init"))
            .build();
    assertThat(plan.text())
        .isEqualTo(
            """
            vzlaunch 1
            detach
            mkdir-beneath /vz/root/101 dev 755 100000 100000
            mknod-beneath /vz/root/101 dev/null c 1 3 666 100000 100000
            symlink-beneath /vz/root/101 dev/fd /proc/self/fd 100000 100000
            console /run/vz/101/console.log /run/vz/101/console.sock 65536 100000 100000
            stdio console
            clone user,pid,mount 100000 100000 -
            cgroup /sys/fs/cgroup/pids/vz/101
            uidmap 0 100000 65536
            gidmap 0 100000 65536
            pidfile /run/vz/101/init
            monitor /usr/lib/vzj/vzmonitor /run/vz/101 vzctl reap 101
            inside
            unshare cgroup
            mount proc /vz/root/101/proc proc nosuid,nodev,noexec -
            bind-console /vz/root/101/dev/console
            pivot /vz/root/101
            mask /proc/kcore
            readonly /proc/sys
            file /etc/machine-id 444 0123\\012
            hostname web
            session tty
            rlimit nofile 1024 unlimited
            merge-memory
            capabilities 0,7,21
            seccomp 0600000000000000
            umask 22
            chdir /
            env container=lxc
            gate
            try-exec /sbin/init init
            exec /bin/sh sh -c echo\\040no\\040init
            """);
  }

  @Test
  void aCommandInAContainer() {
    LaunchPlan plan =
        LaunchPlan.builder()
            .cgroup("/sys/fs/cgroup/vz/101")
            .setns(4711, 123456, Namespace.values())
            .stdio(StdioMode.PTY)
            .fork()
            .inside()
            .session()
            .capabilities(List.of())
            .user(33, 33, List.of(4L, 5L))
            .exec("/bin/sh", List.of("-sh"))
            .build();
    assertThat(plan.text())
        .isEqualTo(
            """
            vzlaunch 1
            cgroup /sys/fs/cgroup/vz/101
            setns 4711 123456 user,pid,mount,net,ipc,uts,cgroup
            stdio pty
            fork
            inside
            session
            capabilities -
            user 33 33 4,5
            exec /bin/sh -sh
            """);
  }

  @Test
  void limitsOfDiskUse() {
    LaunchPlan plan =
        LaunchPlan.builder()
            .project("/vz/private/101", 101)
            .projectTree("/vz/private/101", 101, true)
            .projectTree("/vz/private/101", 101, false)
            .projectDrop("/vz/private/101", 101)
            .quotaGrace("/vz", "project", 3600, 7200)
            .quota("/vz", "project", 101, 1, 2, 3, 4)
            .quotaClock("/vz", "user", 165536, 1700000000, 0)
            .quotaList("/vz", "group", 0, 65535)
            .qgroup("/vz/private/101", 10240)
            .subvolume("/vz/private/101")
            .treeUsage("/vz/private/101")
            .gate()
            .quotaAfterGate("/vz", "project", 101, 1, 2, 3, 4)
            .build();
    assertThat(plan.text())
        .isEqualTo(
            """
            vzlaunch 1
            project /vz/private/101 101
            project-tree /vz/private/101 101 all
            project-tree /vz/private/101 101 needed
            project-drop /vz/private/101 101
            quota-grace /vz project 3600 7200
            quota /vz project 101 1 2 3 4
            quota-clock /vz user 165536 1700000000 0
            quota-list /vz group 0 65535
            qgroup /vz/private/101 10240
            subvolume /vz/private/101
            tree-usage /vz/private/101
            gate
            quota-after-gate /vz project 101 1 2 3 4
            """);
  }

  @Test
  void programsOfTheHostForAContainersNetwork() {
    LaunchPlan plan =
        LaunchPlan.builder()
            .netns(4711, 123456)
            .netnsKeep("/run/vz/101/netns")
            .begin(false, "link add a type veth\n", "ip", "-batch", "-")
            .await()
            .netnsFile("/run/vz/101/netns")
            .begin(true, "", "ip", "link")
            .settle()
            .build();
    assertThat(plan.text())
        .isEqualTo(
            """
            vzlaunch 1
            netns 4711 123456
            netns-keep /run/vz/101/netns
            begin host link\\040add\\040a\\040type\\040veth\\012 ip -batch -
            await
            netns-file /run/vz/101/netns
            begin container \\e ip link
            settle
            """);
  }

  @Test
  void quotaOfUsersAndGroups() {
    LaunchPlan plan =
        LaunchPlan.builder()
            .ugidListen("/vz/root/101", "/run/vz/101/ugid")
            .ugidLimit("/run/vz/101/ugid", 200)
            .ugidClear("/vz/private", 100000, 200000, 65536)
            .seccomp("0600000000000000", "/run/vz/101/ugid")
            .build();
    assertThat(plan.text())
        .isEqualTo(
            """
            vzlaunch 1
            ugid-listen /vz/root/101 /run/vz/101/ugid
            ugid-limit /run/vz/101/ugid 200
            ugid-clear /vz/private 100000 200000 65536
            seccomp 0600000000000000 /run/vz/101/ugid
            """);
  }

  @Test
  void aPlanIsAValue() {
    LaunchPlan.Builder builder = LaunchPlan.builder().mkdir("/vz/root/101", 0700);
    LaunchPlan plan = builder.build();
    builder.umount("/vz/root/101", true);
    assertThat(plan.steps()).containsExactly(new Step("mkdir", List.of("/vz/root/101", "700")));
    assertThat(plan).isEqualTo(LaunchPlan.builder().mkdir("/vz/root/101", 0700).build());
    assertThat(plan).isNotEqualTo(builder.build());
  }
}
