// Hostile templates end in an Error, quickly, whatever they ask for.

#include "engine/text/chat_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pthread.h>

namespace ponder::engine {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

void expectRefused(const std::string& source, const std::string& reason) {
    constexpr std::size_t kShown = 100;
    EXPECT_THAT([&] { ChatTemplate(source).renderJson("{}", 0); }, ThrowsMessage<Error>(HasSubstr(reason)))
        << source.substr(0, kShown);
}

/// By a thread whose stack has 1 MB.
std::string renderedOnSmallStack(const std::string& source) {
    struct Work {
        const std::string& source;
        std::string rendered;
    } work{source, {}};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, std::size_t{1} << 20);
    pthread_t thread{};
    const auto run = [](void* given) -> void* {
        auto& mine = *static_cast<Work*>(given);
        mine.rendered = ChatTemplate(mine.source).renderJson("{}", 0);
        return nullptr;
    };
    EXPECT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    return work.rendered;
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(JinjaLimits, DeepNestingIsRefusedWhileParsing) {
    constexpr int kDeep = 10'000;
    expectRefused("{{ " + repeated("(", kDeep) + "1" + repeated(")", kDeep) + " }}", "nested too deep");
    expectRefused("{{ " + repeated("[", kDeep) + repeated("]", kDeep) + " }}", "nested too deep");
    expectRefused("{{ " + repeated("{1:", kDeep) + "1" + repeated("}", kDeep) + " }}", "nested too deep");
    expectRefused("{{ " + repeated("not ", kDeep) + "1 }}", "nested too deep");
    expectRefused("{{ " + repeated("-", kDeep) + "1 }}", "nested too deep");
    expectRefused("{{ 1" + repeated(" + 1", kDeep) + " }}", "nested too deep");
    expectRefused("{{ x" + repeated(".x", kDeep) + " }}", "nested too deep");
    expectRefused("{{ x" + repeated("|list", kDeep) + " }}", "nested too deep");
    expectRefused("{{ x" + repeated("[0]", kDeep) + " }}", "nested too deep");
    expectRefused("{{ 1" + repeated(" if 1 else 1", kDeep) + " }}", "nested too deep");
    expectRefused("{{ f(" + repeated("f(", kDeep) + repeated(")", kDeep + 1) + " }}", "nested too deep");
    expectRefused(repeated("{% if 1 %}", kDeep) + repeated("{% endif %}", kDeep), "nested too deep");
    expectRefused(repeated("{% for a in b %}", kDeep), "nested too deep");
    expectRefused(repeated("{% macro m() %}", kDeep), "nested too deep");
    expectRefused("{% set " + repeated("(", kDeep) + "a" + repeated(")", kDeep) + " = 1 %}",
                  "nested too deep");
    expectRefused("{{ " + repeated("x is in ", kDeep) + "}}", "");
}

TEST(JinjaLimits, CallsWithinCallsEndAt64) {
    expectRefused("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "64 deep");
    expectRefused("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
                  "64 deep");
    expectRefused("{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}", "64 deep");
    expectRefused(
        "{% macro m() %}{{ caller() }}{% call m() %}x{% endcall %}{% endmacro %}{% call m() %}x{% endcall %}",
        "64 deep");
    EXPECT_EQ(ChatTemplate(
                  "{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(20) }}")
                  .renderJson("{}", 0),
              "20191817161514131211109876543210");
}

TEST(JinjaLimits, LoopsEndAtAMillionSteps) {
    const std::string digits = "range(1000)";
    expectRefused("{% for a in " + digits + " %}{% for b in " + digits + " %}{% for c in " + digits +
                      " %}{% endfor %}{% endfor %}{% endfor %}",
                  "");
    expectRefused(
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}", "");
    expectRefused("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", "");
}

TEST(JinjaLimits, LongRangesAreRefusedBeforeTheyAreMade) {
    expectRefused("{{ range(1000000000) }}", "too long");
    expectRefused("{{ range(-9223372036854775807, 9223372036854775807) | list }}", "too long");
    expectRefused("{{ range(9223372036854775807, -9223372036854775807, -1) | list }}", "too long");
    expectRefused("{{ range(1, 2, 0) }}", "step");
    EXPECT_EQ(ChatTemplate("{{ range(100000) | length }}").renderJson("{}", 0), "100000");
}

TEST(JinjaLimits, LargeTextsAreRefusedBeforeTheyAreMade) {
    expectRefused("{{ 'a' * 1000000000 }}", "memory");
    expectRefused("{{ 'a' * 9223372036854775807 }}", "memory");
    expectRefused("{{ [1] * 1000000000 }}", "memory");
    expectRefused(
        "{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "memory");
    expectRefused(
        "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "memory");
    expectRefused(
        "{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "memory");
    expectRefused("{{ ('a' * 1000000).replace('', "
                  "'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb') }}",
                  "memory");
    expectRefused("{{ '%1000000000d' % 1 }}", "");
    expectRefused("{{ '%*d' % (1000000000, 1) }}", "");
    expectRefused("{{ '%.999999999f' % 1.5 }}", "digits");
    expectRefused("{{ '{:>1000000000}'.format(1) }}", "");
    expectRefused("{{ 'a'.center(1000000000) }}", "memory");
    expectRefused("{{ 'a'.zfill(1000000000) }}", "memory");
    expectRefused("{{ 'a' | indent(1000000000, true) }}", "memory");
    expectRefused("{{ [[1]] | tojson(indent=1000000000) }}", "memory");
    expectRefused("{{ [1] | batch(1000000000, 0) | list }}", "memory");
    expectRefused("{{ [1] | slice(1000000000) | list }}", "memory");
    expectRefused("{{ '\t'.expandtabs(1000000000) }}", "memory");
    expectRefused("{{ strftime_now('%1000000000Y') }}", "too long");
}

TEST(JinjaLimits, OutputEndsAtFourMebibytes) {
    expectRefused("{% for i in range(10) %}{{ 'a' * 1000000 }}{% endfor %}", "4 MiB");
    expectRefused("{% set x %}{% for i in range(10) %}{{ 'a' * 1000000 }}{% endfor %}{% endset %}", "4 MiB");
    EXPECT_EQ(ChatTemplate("{{ 'a' * 4000000 }}").renderJson("{}", 0).size(), 4'000'000U);
}

TEST(JinjaLimits, ValuesSharedManyTimesDoNotMultiplyWork) {
    const std::string doubled = "{% set ns = namespace(s=[1], t=[1]) %}{% for i in range(60) %}"
                                "{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}";
    expectRefused(doubled + "{{ ns.s }}", "");
    expectRefused(doubled + "{{ ns.s | tojson }}", "");
    expectRefused(doubled + "{{ ns.s == ns.t }}", "");
    const std::string tuples = "{% set ns = namespace(s=(1,), t=(1,)) %}{% for i in range(60) %}"
                               "{% set ns.s = (ns.s, ns.s) %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}";
    expectRefused(tuples + "{{ {ns.s: 1}[ns.t] }}", "");
}

TEST(JinjaLimits, ValuesNestedDeepAreRefused) {
    expectRefused(
        "{% set ns = namespace(s=[]) %}{% for i in range(100000) %}{% set ns.s = [ns.s] %}{% endfor %}",
        "nested too deep");
    expectRefused(
        "{% set ns = namespace(s={}) %}{% for i in range(100000) %}{% set ns.s = {1: ns.s} %}{% endfor %}",
        "nested too deep");
    const std::string json = "{\"x\": " + repeated("[", 100'000) + repeated("]", 100'000) + "}";
    EXPECT_THROW(ChatTemplate("{{ x }}").renderJson(json, 0), Error);
}

TEST(JinjaLimits, LongChainsOfValuesAreRefusedOrFreedWithoutRecursion) {
    const std::string begin = "{% set ns = namespace(v=1) %}{% for i in range(50000) %}";
    expectRefused(begin + "{% set ns.v = [ns.v].index %}{% endfor %}", "nested too deep");
    expectRefused(begin + "{% set ns.v = joiner(ns.v) %}{% endfor %}", "nested too deep");
    expectRefused(begin + "{% set ns.v = cycler(ns.v) %}{% endfor %}", "nested too deep");
    // Freed one inside the other, these would need more than the stack.
    for (const char* chain : {"{% for j in [ns.v] %}{% set ns.v = loop %}{% endfor %}",
                              "{% for j in [1] %}{% set ns.l = loop %}{% endfor %}{% set x = "
                              "ns.l.changed(ns.v) %}{% set ns.v = ns.l %}",
                              "{% set ns.v = namespace(v=ns.v) %}"})
        EXPECT_EQ(renderedOnSmallStack(begin + chain + "{% endfor %}ok"), "ok") << chain;
}

TEST(JinjaLimits, TextOfManyOriginsIsRefused) {
    const std::string json = "{\"x\": \"" + repeated("a", 3'000'000) + "\"}";
    EXPECT_THROW(ChatTemplate("{{ x.replace('', '-') }}").renderJson(json, 0), Error);
}

TEST(JinjaLimits, SlowTextSearchesStayLinear) {
    // Each of these takes minutes where a search goes back after every near miss.
    EXPECT_EQ(
        ChatTemplate("{% set a = 'a' * 2000000 %}{% set b = 'a' * 1000000 ~ 'b' %}{{ b in a }}{{ a.find(b) }}"
                     "{{ a.rfind('b' ~ b) }}{{ a.replace(b, 'c') == a }}{{ a.count(b) }}")
            .renderJson("{}", 0),
        "False-1-1True0");
}

TEST(JinjaLimits, NamespacesThatHoldThemselvesAreFreed) {
    EXPECT_EQ(ChatTemplate("{% set ns = namespace() %}{% set ns.me = ns %}{% set ns.all = [ns, {'k': ns}] "
                           "%}{{ ns.me.me == ns }}")
                  .renderJson("{}", 0),
              "True");
    EXPECT_EQ(
        ChatTemplate("{% set ns = namespace() %}{% for i in [1] %}{% macro m() %}{{ i }}{% endmacro %}"
                     "{% set ns.m = m %}{% set ns.loop = loop %}{% endfor %}{{ ns.m() }}{{ ns.loop.index }}")
            .renderJson("{}", 0),
        "11");
    EXPECT_NE(ChatTemplate("{% set ns = namespace() %}{% set ns.me = ns %}{{ ns }}").renderJson("{}", 0), "");
}

TEST(JinjaLimits, NumbersOverflowIntoAnError) {
    expectRefused("{{ 9223372036854775807 + 1 }}", "64 bits");
    expectRefused("{{ 2 ** 64 }}", "64 bits");
    expectRefused("{{ -9223372036854775807 - 2 }}", "64 bits");
    expectRefused("{{ 4611686018427387904 * 2 }}", "64 bits");
    expectRefused("{{ 99999999999999999999 }}", "64 bits");
    expectRefused("{{ (-9223372036854775807 - 1) // -1 }}", "64 bits");
    expectRefused("{{ -(-9223372036854775807 - 1) }}", "64 bits");
    expectRefused("{{ (-9223372036854775807 - 1) | abs }}", "64 bits");
    expectRefused("{{ 1e300 | int }}", "64 bits");
    expectRefused("{{ '99999999999999999999' | int }}", "64 bits");
    expectRefused("{{ 1 / 0 }}{{ 1 // 0 }}", "zero");
    expectRefused("{{ 1 % 0 }}", "zero");
    expectRefused("{{ 1.5 % 0 }}", "zero");
    expectRefused("{{ 0 ** -1 }}", "negative power");
    EXPECT_EQ(ChatTemplate("{{ (-9223372036854775807 - 1) % -1 }}").renderJson("{}", 0), "0");
}

TEST(JinjaLimits, TheInsidesOfPythonAreOutOfReach) {
    EXPECT_EQ(ChatTemplate("{{ x.__class__ }}{{ ''.__class__ }}{{ [].append }}").renderJson(R"({"x": 1})", 0),
              "");
    expectRefused("{{ ''.__class__.__mro__ }}", "undefined");
    expectRefused("{{ [].append(1) }}", "undefined");
    expectRefused("{{ {}.update({'a': 1}) }}", "undefined");
    expectRefused("{{ '{0.__class__.__mro__}'.format(1) }}", "undefined");
    expectRefused("{% include 'x' %}", "another template");
    expectRefused("{% import 'x' as y %}", "another template");
}

} // namespace
} // namespace ponder::engine
