// What a person types into the search field, letter by letter and pasted. Whatever it is, it is understood or
// refused with an Error; what is understood is a question the index can answer.

#include "app/store/database.h"
#include "app/store/search_text.h"
#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/temp_dir.h"

#include <QByteArrayView>
#include <QUtf8StringView>

namespace {

using namespace ponder::app;

Database& index() {
    static const ponder::tests::TempDir folder;
    static Database database((folder / "index.db").string(), DatabaseAccess::ReadWrite);
    static const bool made = [] {
        database.execute("CREATE VIRTUAL TABLE search USING fts5(thoughts, words, "
                         "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2')");
        database.run("INSERT INTO search(thoughts, words) VALUES(?, ?)", searchText("what is it"),
                     searchText("The Danube begins in the Black Forest. \xe5\xa4\xa9\xe6\xb0\x94"));
        return true;
    }();
    CHECK(made);
    return database;
}

void check(std::string_view typed, LastWord lastWord) {
    SearchQuery query;
    try {
        query = parseSearch(typed, lastWord);
    } catch (const ponder::engine::Error& error) {
        CHECK(*error.what() != 0);
        return;
    }
    CHECK(!query.impossible || query.match.empty());
    CHECK(query.words.empty() == query.match.empty());
    if (query.match.empty()) return;
    Statement count = index().prepare("SELECT count(*) FROM search WHERE search MATCH ?");
    count.bind(query.match);
    CHECK(count.step());
}

} // namespace

void ponder::fuzz::tryInput(std::string_view input) {
    check(input, LastWord::Prefix);
    check(input, LastWord::Whole);
    const std::string split = searchText(input);
    // Where something is left out, halves of a character may meet.
    const bool whole = QByteArrayView(input.data(), qsizetype(input.size())).isValidUtf8() &&
                       input.find_first_of(std::string_view("\x1f\0", 2)) == std::string_view::npos;
    if (whole) CHECK(searchText(shownText(split)) == split);
}

std::vector<std::string> ponder::fuzz::seeds() {
    return {"danube black",
            "\"black forest\" beg*",
            "role:user in:thoughts model:\"two words\" before:2026-03-31 after:2023",
            "in:archive role:assistant",
            "\xe5\xa4\xa9\xe6\xb0\x94 weather",
            "NEAR(a b) AND OR NOT ^x words : {thoughts words} : - + ( )",
            "\"unclosed *",
            "*** \"\" a\"b",
            "before:9999-99-99"};
}
