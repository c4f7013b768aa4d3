#include "request_word.h"

#include "ascii.h"

#include <stdio.h>

/* "petId" has one before I; "APIKey" before K, but "OAuth" is one word: a single capital begins no acronym. */
static bool word_begins(struct str text, size_t at)
{
    if (at == 0 || !ascii_is_upper(text.at[at])) return false;
    if (ascii_is_lower(text.at[at - 1]) || ascii_is_digit(text.at[at - 1])) return true;
    bool is_acronym = at >= 2 && ascii_is_upper(text.at[at - 1]) && ascii_is_upper(text.at[at - 2]);
    return is_acronym && at + 1 < text.size && ascii_is_lower(text.at[at + 1]);
}

void request_word_append(struct buf *name, struct str text)
{
    size_t start = name->size;
    bool is_parted = false;
    for (size_t i = 0; i < text.size && name->size - start < REQUEST_WORD_BYTES; i++) {
        char byte = text.at[i];
        bool is_word = ascii_is_letter_or_digit(byte);
        if ((is_parted || word_begins(text, i)) && is_word && name->size > start) buf_append_byte(name, '_');
        is_parted = !is_word;
        if (is_word) buf_append_byte(name, ascii_is_lower(byte) ? (char)(byte - 'a' + 'A') : byte);
    }
}

/* One list for all languages, so that a parameter has the same name in each. */
static const char word_taken[] =
    " ABSTRACT ADDRESS ALIAS ALIGNAS ALIGNOF ALL_PROXY AND ANY APPEND ARGC ARGS ARGUMENTS ARGV ARRAY AS ASM "
    "ASSERT ASYNC AUTH AUTO AWAIT BASE BASE64 BASH_ENV BECOME BEGIN BLOB BODY BOOL BOOLEAN BOUNDARY BOX "
    "BREAK BUFFER BUILD BYTE BYTES CALL CASE CATCH CDPATH CHAN CHAR CHECKED CLASS CLIENT CLOSE CONSOLE "
    "CONST CONSTRUCTOR CONTENT CONTINUE CRATE CURL CURL_CA_BUNDLE CURL_HOME DATA DEBUGGER DECIMAL DECLARE "
    "DEF DEFAULT DEFER DEFINED DEINIT DEL DELEGATE DELETE DIRSTACK DO DOCUMENT DOUBLE DYN ECHO ELIF ELSE "
    "ELSEIF ELSIF EMPTY ENCODE END ENSURE ENUM ENV ERR ERRNO ERROR ERROR_ACTION_PREFERENCE EUID EVAL EVENT "
    "EXCEPT EXEC EXIT EXPLICIT EXPORT EXTENDS EXTENSION EXTERN EXTERNAL FALLTHROUGH FALSE FETCH FIGNORE "
    "FILEPRIVATE FINAL FINALLY FIXED FLOAT FMT FN FOR FOREACH FORM FPATH FREE FROM FUN FUNC FUNCTION GLOBAL "
    "GO GOTO GROUPS GUARD HEADERS HISTFILE HOME HOST HTTP HTTPS_PROXY HTTP_PROXY IF IFS IMPL IMPLEMENTS "
    "IMPLICIT IMPORT IN INCLUDE INIT INLINE INOUT INPUT INSTANCEOF INT INTERFACE INTERNAL INTO IO IS ISSET "
    "JOIN KIND LAMBDA LANG LAST_EXIT_CODE LC_ALL LC_CTYPE LD_LIBRARY_PATH LD_PRELOAD LET LINENO LOCAL LOCK "
    "LOG LOGIN LONG LOOP MACRO MAIL MAILPATH MAIN MAKE MANPATH MAP MATCH MATCHES MIME MOD MODULE "
    "MODULE_PATH MOVE MULTIPART MUT MY_INVOCATION NAMESPACE NATIVE NEW NEXT NIL NODE NONE NONLOCAL NOT "
    "NO_PROXY NULL OBJECT OFSTRICT OLDPWD OPEN OPERATOR OPTARG OPTIND OPTION OR OS OUT OVERRIDE PACKAGE "
    "PANIC PARAM PARAMS PART PASS PATH PID PPID PRINT PRIV PRIVATE PROCESS PROFILE PROMPT PROTECTED "
    "PROTOCOL PS1 PS2 PS4 PUB PUBLIC PWD QUOTE RAISE RANDOM RANGE READONLY REDO REF REGISTER REPEAT REPLY "
    "REQUEST REQUESTS REQUIRE REQWEST RESCUE RESPONSE RESTRICT RETHROWS RETRY RETURN SBYTE SEALED SECONDS "
    "SECRET SELECT SELF SENDER SET SHELL SHORT SIGNED SIZEOF SSL_CERT_DIR SSL_CERT_FILE STACKALLOC "
    "STACK_TRACE STATIC STATUS STRICTFP STRING STRINGS STRUCT SUBSCRIPT SUPER SWITCH SYNCHRONIZED SYS "
    "SYSTEM TERM TEXT THEN THIS THROW THROWS TRAIT TRANSIENT TRUE TRY TYPE TYPEALIAS TYPEDEF TYPEOF UID "
    "UINT ULONG UNCHECKED UNDEF UNION UNLESS UNSAFE UNSET UNSIGNED UNSIZED UNTIL URI URL USE USER USERNAME "
    "USHORT USING VAL VAR VIRTUAL VOID VOLATILE WATCH WHEN WHERE WHILE WINDOW WITH XOR YIELD ";

bool request_word_is_taken(struct str name)
{
    char word[2 * REQUEST_WORD_BYTES];
    if (name.size + 3 > sizeof word || name.size == 0) return false;
    snprintf(word, sizeof word, " %.*s ", STR_FORMAT(name));
    return strstr(word_taken, word) != NULL;
}
