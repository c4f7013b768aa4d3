<?php
// Runs PHP programs one after the other in this process.
function run_program(string $path): void
{
    include $path;
}

$status = 0;
foreach (array_slice($argv, 1) as $path) {
    try {
        run_program($path);
    } catch (Throwable $error) {
        fwrite(STDERR, "$path: $error\n");
        $status = 1;
    }
}
exit($status);
