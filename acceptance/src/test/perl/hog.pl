#!/usr/bin/perl
# Takes as much of one resource as it is told, or gets, says "took N ERROR" and keeps it until its standard input ends.
#   hog.pl WHAT NUMBER
use strict;
use warnings;
use Errno;
use Fcntl;
use IO::Handle;
use POSIX ();
use Socket;

my ($what, $number) = @ARGV;
my ($taken, $error) = (0, "-");
my @kept;

# System calls that perl has no words for, by machine.
my %calls = (
    x86_64  => {rt_sigqueueinfo => 129, mlock => 149},
    aarch64 => {rt_sigqueueinfo => 138, mlock => 228},
);
my $call = $calls{(POSIX::uname())[4]};

sub failed {
    ($error) = grep { $!{$_} } qw(EAGAIN ENOSPC ENOMEM EMFILE ENFILE EPERM EINVAL ENOBUFS);
    $error = $! + 0 unless $error;
}

sub each_one {
    my ($take) = @_;
    while ($taken < $number) {
        my $one = $take->();
        return failed() unless defined $one;
        push @kept, $one;
        $taken++;
    }
}

sub listener {
    socket(my $socket, PF_INET, SOCK_STREAM, 0) or return;
    bind($socket, pack_sockaddr_in(0, INADDR_LOOPBACK)) or return;
    listen($socket, 10) or return;
    return $socket;
}

my %hogs = (
    processes => sub {
        pipe(my $never, my $writer);
        each_one(sub {
            my $pid = fork;
            return $pid if !defined $pid || $pid;
            close $writer;
            close STDIN;
            close STDOUT;
            sysread $never, my $byte, 1;
            POSIX::_exit(0);
        });
        push @kept, $writer;
    },
    memory => sub {    # megabytes, all touched
        each_one(sub { return "x" x (1 << 20) });
    },
    terminals => sub {
        each_one(sub { sysopen(my $master, "/dev/ptmx", O_RDWR | O_NOCTTY) or return; $master });
    },
    segments => sub {    # System V segments of one page
        each_one(sub {
            my $segment = shmget(0, POSIX::sysconf(POSIX::_SC_PAGESIZE()), 0600);
            return unless defined $segment;
            shmwrite($segment, "x", 0, 1);
            $segment;
        });
    },
    shared => sub {    # pages of a file in /dev/shm
        my $page = POSIX::sysconf(POSIX::_SC_PAGESIZE());
        sysopen(my $file, "/dev/shm/hog", O_RDWR | O_CREAT) or die;
        push @kept, $file;
        each_one(sub { my $n = syswrite($file, "x" x $page); defined $n && $n == $page ? 1 : undef });
    },
    signals => sub {    # realtime signals, which wait while they are blocked
        my $signal = 40;
        POSIX::sigprocmask(POSIX::SIG_BLOCK(), POSIX::SigSet->new($signal));
        my $info = pack("iiiiiiJx100", $signal, 0, -1, 0, $$, $<, 0);
        each_one(sub { syscall($call->{rt_sigqueueinfo}, $$, $signal, $info) < 0 ? undef : 1 });
    },
    locked => sub {    # pages, locked one by one
        my $page = POSIX::sysconf(POSIX::_SC_PAGESIZE());
        my $memory = "x" x (($number + 2) * $page);
        my $start = unpack("J", pack("p", $memory));
        $start += $page - $start % $page;
        push @kept, \$memory;
        each_one(sub { syscall($call->{mlock}, $start + $taken * $page, $page) < 0 ? undef : 1 });
    },
    locks => sub {
        each_one(sub {
            open(my $file, ">", "/tmp/hog.$taken") or return;
            flock($file, 2) or return;
            $file;
        });
    },
    files => sub {
        each_one(sub { open(my $file, "<", "/dev/null") or return; $file });
    },
    listeners => sub { each_one(\&listener) },
    unix => sub {    # pairs
        each_one(sub { socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0) or return; [$a, $b] });
    },
    datagrams => sub {    # kilobytes to a socket that does not read
        socket(my $reader, PF_INET, SOCK_DGRAM, 0) or die;
        bind($reader, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die;
        socket(my $writer, PF_INET, SOCK_DGRAM, 0) or die;
        push @kept, $reader, $writer;
        each_one(sub { send($writer, "x" x 1024, 0, getsockname($reader)) });
    },
    corked => sub {    # kilobytes that are to become datagrams, and wait for more, 32 in each socket
        my $socket;
        each_one(sub {
            if ($taken % 32 == 0) {
                socket(my $next, PF_INET, SOCK_DGRAM, 0) or return;
                connect($next, pack_sockaddr_in(9, INADDR_LOOPBACK)) or return;
                push @kept, $next;
                $socket = $next;
            }
            send($socket, "x" x 1024, 0x8000);    # MSG_MORE
        });
    },
    streams => sub {    # connections, each filled until it would wait
        each_one(sub {
            my $server = listener() or return;
            socket(my $client, PF_INET, SOCK_STREAM, 0) or return;
            connect($client, getsockname($server)) or return;
            accept(my $peer, $server) or return;
            $client->blocking(0);
            my $chunk = "x" x 65536;
            my $end = time + 2;
            while (time < $end) {
                last unless defined syswrite($client, $chunk);
            }
            [$server, $client, $peer];
        });
    },
    names => sub {    # empty files
        each_one(sub { open(my $file, ">", "/tmp/name.$taken") or return; close $file; 1 });
    },
);

$hogs{$what}->();
$| = 1;
print "took $taken $error\n";
1 while sysread STDIN, my $bytes, 4096;
shmctl($_, 0, 0) for $what eq "segments" ? @kept : ();
unlink glob "/tmp/hog.* /tmp/name.* /dev/shm/hog";
POSIX::_exit(0);
