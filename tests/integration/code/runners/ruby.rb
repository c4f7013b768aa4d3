# Runs Ruby programs one after the other in this process.
status = 0
ARGV.dup.each do |path|
  load(path, true)
rescue StandardError, ScriptError => error
  warn "#{path}: #{error.full_message(highlight: false)}"
  status = 1
end
exit status
