#include "unit.h"

#include "tokenize.h"

/* The words of `text` in small letters, with '|' between them, in `joined`. */
static struct str words(struct str text, bool is_prose, char joined[256])
{
    struct tokenizer tokenizer = { .text = text, .is_prose = is_prose };
    size_t start, end, size = 0;
    while (tokenize_next(&tokenizer, &start, &end)) {
        assert_true(start < end && end <= text.size && size + (end - start) + 1 < 256);
        if (size) joined[size++] = '|';
        tokenize_fold(str_cut(text, start, end), joined + size);
        size += end - start;
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
        { STR_INIT("größeÄndern"), STR_INIT("größe|ändern") },
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_names_where_their_authors_did),
        cmocka_unit_test(takes_prose_without_tags_and_hosts),
        cmocka_unit_test(squashes_spellings_of_a_name_to_one),
        cmocka_unit_test(folds_without_changing_the_length),
        cmocka_unit_test(counts_words),
    };
    return cmocka_run_group_tests_name("tokenize", tests, NULL, NULL);
}
