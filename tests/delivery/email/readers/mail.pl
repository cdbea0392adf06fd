# Prints what MIME::Tools reads in each of a folder's messages, as JSON.
use strict;
use warnings;
use Encode qw(decode);
use JSON::PP;
use Mail::Address;
use MIME::Parser;

my ($folder) = @ARGV;
my %read;
for my $path (glob "$folder/*.eml") {
    my $parser = MIME::Parser->new;
    $parser->output_to_core(1);
    $parser->tmp_to_core(1);
    my $message = $parser->parse_open($path);
    my $field = sub { my $value = $message->head->get($_[0]) // ''; $value =~ s/\r?\n//g; $value };
    my @to = map { [words($_->phrase), $_->address] } Mail::Address->parse($field->('To'));
    my @files = grep { defined } map { $_->head->recommended_filename } $message->parts;
    my ($name) = $path =~ m{([^/]+)$};
    $read{$name} = { to => \@to, subject => words($field->('Subject')), files => \@files };
}
print JSON::PP->new->ascii->encode(\%read);

sub words {
    my ($text) = @_;
    $text =~ s/\A"(.*)"\z/$1/s and $text =~ s/\\(.)/$1/g;
    return decode('MIME-Header', $text);
}
