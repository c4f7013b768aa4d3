#include "unit.h"

#include "tokenize.h"
#include "utf8.h"

/* The words of `text` in their plain form, with '|' between them, in `joined`. */
static struct str words(struct str text, bool is_prose, char joined[256])
{
    struct tokenizer tokenizer = { .text = text, .is_prose = is_prose };
    size_t start, end, size = 0;
    while (tokenize_next(&tokenizer, &start, &end)) {
        assert_true(start < end && end <= text.size && size + (end - start) + 1 < 256);
        if (size) joined[size++] = '|';
        size += tokenize_plain(str_cut(text, start, end), joined + size);
    }
    return (struct str){ joined, size };
}

static void splits_names_where_their_authors_did(void **state)
{
    (void)state;
    static const struct {
        struct str name, words;
    } cases[] = {
        { STR_INIT("imagePullSecrets"), STR_INIT("image|pull|secrets") },
        { STR_INIT("HTTPRoute"), STR_INIT("http|route") },
        { STR_INIT("podIPs"), STR_INIT("pod|ips") },
        { STR_INIT("URLsByID"), STR_INIT("urls|by|id") },
        { STR_INIT("clusterIP"), STR_INIT("cluster|ip") },
        { STR_INIT("EC2Instance"), STR_INIT("ec2|instance") },
        { STR_INIT("x-ms_paging.nextLink"), STR_INIT("x|ms|paging|next|link") },
        { STR_INIT("/apis/apps/v1beta1/{namespace}"), STR_INIT("apis|apps|v1|beta1|namespace") },
        { STR_INIT("sha256"), STR_INIT("sha256") },
        { STR_INIT("base64encoded"), STR_INIT("base64|encoded") },
        { STR_INIT("i18nText"), STR_INIT("i18n|text") },
        { STR_INIT("2FA 3d 404Error"), STR_INIT("2fa|3d|404|error") },
        { STR_INIT("ipv4Address"), STR_INIT("ipv4|address") },
        { STR_INIT("io.k8s.api.core.v1.PodSpec"), STR_INIT("io|k8s|api|core|v1|pod|spec") },
        { STR_INIT("größeÄndern"), STR_INIT("grosse|andern") },
        { STR_INIT("ПолеИмя"), STR_INIT("поле|имя") },
        { STR_INIT("利用者id"), STR_INIT("利|用|者|id") },
        { STR_INIT("a\xff"
                   "b\xc3"),
          STR_INIT("a|b") },
        { STR_INIT("$@ _-/"), STR_INIT("") },
        { STR_INIT(""), STR_INIT("") },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char joined[256];
        struct str found = words(cases[i].name, false, joined);
        if (!str_equal(found, cases[i].words)) print_message("%.*s\n", STR_FORMAT(found));
        assert_true(str_equal(found, cases[i].words));
    }
}

static void takes_prose_without_tags_and_hosts(void **state)
{
    (void)state;
    char joined[256];
    assert_true(
        str_equal(words(STR("<p>The <b>name</b> of a Pod, see https://example.com/a/b?c=d.</p> Next"), true, joined),
                  STR("the|name|of|a|pod|see|https|a|b|c|d|next")));
    assert_true(str_equal(words(STR("if a < b or <unclosed words"), true, joined), STR("if|a|b|or|unclosed|words")));
    assert_true(str_equal(words(STR("a <"), true, joined), STR("a")));
    assert_true(str_equal(words(STR("://"), true, joined), STR("")));
    assert_true(str_equal(words(STR("<b>x</b>"), false, joined), STR("b|x|b")));
}

static struct str squash(struct str text, char *squashed)
{
    return (struct str){ squashed, tokenize_squash(text, squashed) };
}

static void squashes_spellings_of_a_name_to_one(void **state)
{
    (void)state;
    char squashed[64];
    assert_str(squash(STR("customer_id"), squashed), "customerid");
    assert_str(squash(STR("customerId"), squashed), "customerid");
    assert_str(squash(STR("Customer ID"), squashed), "customerid");
    assert_str(squash(STR("$"), squashed), "$");
    assert_str(squash(STR("\xff\xfe"), squashed), "\xff\xfe");
    assert_str(squash(STR(""), squashed), "");
}

static void folds_without_changing_the_length(void **state)
{
    (void)state;
    struct str text = STR("ABC ÀŽΩЯЁ Ÿ İ \xff ß");
    char folded[64];
    tokenize_fold(text, folded);
    assert_true(str_equal((struct str){ folded, text.size }, STR("abc àžωяё ÿ İ \xff ß")));
}

static void counts_words(void **state)
{
    (void)state;
    assert_int_equal(tokenize_count(STR("imagePullSecrets")), 3);
    assert_int_equal(tokenize_count(STR("--")), 0);
}

static void assert_plain(const char *word, const char *wanted)
{
    char plain[64];
    struct str text = str_from(word), found = { plain, tokenize_plain(text, plain) };
    if (!str_equal(found, str_from(wanted))) fail_msg("%s is %.*s, not %s", word, STR_FORMAT(found), wanted);
}

static void words_are_compared_without_case_and_accents(void **state)
{
    (void)state;
    assert_plain("PodSpec9", "podspec9");
    assert_plain("\u00c9t\u00e9", "ete");                                 /* Été */
    assert_plain("e\u0301te\u0301", "ete");                               /* the same in two characters each */
    assert_plain("Gr\u00f6\u00dfe", "grosse");                            /* Größe */
    assert_plain("GR\u00d6\u1e9eE", "grosse");                            /* GRÖẞE */
    assert_plain("\uff30\uff4f\uff44\uff11", "pod1");                     /* Ｐｏｄ１ */
    assert_plain("\ufb01le", "file");                                     /* ﬁle */
    assert_plain("\u0130stanbul", "istanbul");                            /* İstanbul */
    assert_plain("\u0141\u00f3d\u017a", "lodz");                          /* Łódź */
    assert_plain("\u1ebf", "e");                                          /* ế */
    assert_plain("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3"); /* ΟΔΟΣ */
    assert_plain("\u0539", "\u0569");                                     /* Armenian */
    assert_plain("\uac00", "\uac00");                                     /* 가 stays whole */
    assert_plain("\u304c", "\u304c");                                     /* が is not か */
    assert_plain("\xff\xc3", "\xff\xc3");
}

static void plain_forms_are_never_longer(void **state)
{
    (void)state;
    for (uint32_t letter = 0x80; letter < 0x20000; letter++) {
        char bytes[4], plain[16] = { 0 };
        if (letter >= 0xD800 && letter < 0xE000) continue;
        struct str text = { bytes, utf8_write(letter, bytes) };
        size_t size = tokenize_plain(text, plain);
        assert_true(size <= text.size);
        assert_true(utf8_valid((struct str){ plain, size }));
        char again[16];
        assert_int_equal(tokenize_plain((struct str){ plain, size }, again), size);
        assert_memory_equal(plain, again, size);
    }
}

static void places_in_a_plain_form_lead_back(void **state)
{
    (void)state;
    struct str word = STR("Gr\u00f6\u00dfen");
    assert_int_equal(tokenize_reach(word, 0), 0);
    assert_int_equal(tokenize_reach(word, 2), 2);
    assert_int_equal(tokenize_reach(word, 3), 4); /* ö has two bytes */
    assert_int_equal(tokenize_reach(word, 4), 6); /* half of ß is ß */
    assert_int_equal(tokenize_reach(word, 5), 6);
    assert_int_equal(tokenize_reach(word, 99), word.size);
    assert_int_equal(tokenize_reach(STR("e\u0301t"), 1), 3); /* the accent goes with its letter */
}

static void accents_belong_to_words_and_wide_signs_separate(void **state)
{
    (void)state;
    char joined[256];
    assert_str(words(STR("e\u0301t\u00e9 a\uff0eb"), false, joined), "ete|a|b");
    assert_str(words(STR("\u0301\u0301"), false, joined), "");
    assert_str(words(STR("\uff30\uff4f\uff44\uff33\uff50\uff45\uff43"), false, joined),
               "pod|spec");                                                         /* ＰｏｄＳｐｅｃ */
    assert_str(words(STR("\u00c9t\u00e9\u00c9t\u00e9"), false, joined), "ete|ete"); /* ÉtéÉté */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_names_where_their_authors_did),
        cmocka_unit_test(takes_prose_without_tags_and_hosts),
        cmocka_unit_test(squashes_spellings_of_a_name_to_one),
        cmocka_unit_test(folds_without_changing_the_length),
        cmocka_unit_test(counts_words),
        cmocka_unit_test(words_are_compared_without_case_and_accents),
        cmocka_unit_test(plain_forms_are_never_longer),
        cmocka_unit_test(places_in_a_plain_form_lead_back),
        cmocka_unit_test(accents_belong_to_words_and_wide_signs_separate),
    };
    return cmocka_run_group_tests_name("tokenize", tests, NULL, NULL);
}
