#!/usr/bin/perl
# Asks a web server on the loopback device for its first page, again and again, and says how long an answer took:
# "N answers, median M us, most P us", P being what nineteen of twenty stayed below.
#   visitor.pl NUMBER
use strict;
use warnings;
use Socket;
use Time::HiRes qw(time sleep);

my ($number) = @ARGV;
my @times;
for (1 .. $number) {
    my $start = time;
    socket(my $server, PF_INET, SOCK_STREAM, 0) or die "socket: $!\n";
    connect($server, pack_sockaddr_in(80, INADDR_LOOPBACK)) or die "connect: $!\n";
    syswrite($server, "GET / HTTP/1.0\r\n\r\n") or die "write: $!\n";
    my $answer = "";
    1 while sysread $server, $answer, 65536, length $answer;
    $answer =~ m{^HTTP/1\.[01] 200 } or die "not a page: $answer\n";
    push @times, time - $start;
    sleep 0.02;
}
@times = sort { $a <=> $b } @times;
printf "%d answers, median %d us, most %d us\n", scalar @times, 1e6 * $times[@times / 2], 1e6 * $times[@times * 0.95];
