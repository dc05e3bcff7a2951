#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/store/chat_store.h"
#include "tests/app/sample_chats.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

/// A store with a few chats, asked as a person would.
class ChatSearch : public testing::Test {
protected:
    void add(const std::string& title, const std::vector<std::string>& texts) {
        store_.save(wholeChat(chatOf(title, texts)));
    }

    std::vector<std::string> titlesFor(const std::string& typed, LastWord lastWord = LastWord::Whole) {
        std::vector<std::string> titles;
        for (const SearchHit& hit : find(typed, lastWord).hits) titles.push_back(hit.title);
        return titles;
    }
    SearchResults find(const std::string& typed, LastWord lastWord = LastWord::Whole, int limit = 0) {
        return store_.search(parseSearch(typed, lastWord), limit);
    }

    tests::TempDir folder_;
    ChatStore store_{(folder_ / "chats.db").string()};
};

TEST_F(ChatSearch, FindsAWordInPromptsAndAnswers) {
    add("A", {"Where does the river begin?", "In the mountains."});
    add("B", {"Mountains?", "Yes."});
    EXPECT_THAT(titlesFor("mountains"), UnorderedElementsAre("A", "B"));
    EXPECT_THAT(titlesFor("river"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("sea"), ElementsAre());
}

TEST_F(ChatSearch, AllWordsMustOccurInTheMessageInAnyOrder) {
    add("A", {"green apples and red pears"});
    add("B", {"green pears"});
    EXPECT_THAT(titlesFor("pears apples"), ElementsAre("A"));
}

TEST_F(ChatSearch, WordsOfDifferentMessagesDoNotMeet) {
    add("A", {"green apples", "red pears"});
    EXPECT_THAT(titlesFor("apples pears"), ElementsAre());
}

TEST_F(ChatSearch, CaseDoesNotMatter) {
    add("A", {"The Great WALL"});
    EXPECT_THAT(titlesFor("great wall"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("GREAT Wall"), ElementsAre("A"));
}

TEST_F(ChatSearch, AccentsDoNotMatter) {
    add("A", {"Crème brûlée für Zoë"});
    EXPECT_THAT(titlesFor("creme brulee fur zoe"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("CRÈME"), ElementsAre("A"));
}

TEST_F(ChatSearch, QuotesFindAPhrase) {
    add("A", {"the quick brown fox"});
    add("B", {"brown and quick"});
    EXPECT_THAT(titlesFor("\"quick brown\""), ElementsAre("A"));
}

TEST_F(ChatSearch, AttachedFilesAreFoundByNameAndByWhatIsInThem) {
    Conversation chat = chatOf("A", {"Add them up."});
    Part file = textPart("forty\ntwo");
    file.kind = PartKind::Attachment;
    file.name = "Quarterly-Figures.csv";
    chat.turn(1).parts.insert(chat.turn(1).parts.begin(), file);
    store_.save(wholeChat(chat));
    add("B", {"quarterly"});
    EXPECT_THAT(titlesFor("quarterly-figures.csv"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("figures"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("quarterly-fi", LastWord::Prefix), ElementsAre("A"));
    EXPECT_THAT(titlesFor("forty"), ElementsAre("A"));
}

TEST_F(ChatSearch, AStarFindsBeginnings) {
    add("A", {"understanding"});
    EXPECT_THAT(titlesFor("under*"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("under"), ElementsAre());
    EXPECT_THAT(titlesFor("standing*"), ElementsAre());
}

TEST_F(ChatSearch, TheWordBeingTypedIsABeginning) {
    add("A", {"quick understanding"});
    EXPECT_THAT(titlesFor("quick under", LastWord::Prefix), ElementsAre("A"));
    EXPECT_THAT(titlesFor("qui understanding", LastWord::Prefix), ElementsAre());
}

TEST_F(ChatSearch, ASingleLetterIsABeginningToo) {
    add("A", {"vitamin c helps"});
    add("B", {"cats help"});
    EXPECT_THAT(titlesFor("c", LastWord::Prefix), UnorderedElementsAre("A", "B"));
    EXPECT_THAT(titlesFor("help c", LastWord::Prefix), ElementsAre("B"));
    EXPECT_THAT(titlesFor("helps c", LastWord::Prefix), ElementsAre("A"));
    EXPECT_THAT(titlesFor("c help", LastWord::Prefix), ElementsAre("A")) << "only the last one";
    EXPECT_THAT(titlesFor("c"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("c*"), UnorderedElementsAre("A", "B"));
}

TEST_F(ChatSearch, AQuickSearchFindsWhatAThoroughOneDoes) {
    for (int i = 0; i < 30; ++i) add("chat " + std::to_string(i), {"apples and number" + std::to_string(i)});
    for (const char* typed : {"apples", "number2*", "role:user", "apples role:assistant", "zebra"}) {
        const SearchQuery query = parseSearch(typed, LastWord::Whole);
        const SearchResults thorough = store_.search(query, 0);
        const SearchResults quick = store_.search(query, 0, SearchEffort::Quick);
        EXPECT_EQ(thorough.total, quick.total) << typed;
        EXPECT_EQ(thorough.hits.size(), quick.hits.size()) << typed;
    }
}

TEST_F(ChatSearch, AQuickSearchOfVeryManyCountsAllAndShowsTheNewest) {
    Conversation chat = chatOf("A", {"apples"});
    for (int i = 1; i <= 2500; ++i) chat.add(i, engine::Role::User, {textPart("apples")});
    for (int i = 1; i <= 2501; ++i) chat.turn(i).createdMs = 1000 + i;
    store_.save(wholeChat(chat));
    const SearchResults quick = store_.search(parseSearch("apples", LastWord::Whole), 3, SearchEffort::Quick);
    EXPECT_EQ(quick.total, 2501);
    ASSERT_EQ(quick.hits.size(), 3U);
    EXPECT_EQ(quick.hits[0].turn, 2501);
}

TEST_F(ChatSearch, AStoppedSearchEndsAndTheNextOneWorks) {
    Conversation chat = chatOf("A", {"apples"});
    for (int i = 1; i <= 2000; ++i)
        chat.add(i, engine::Role::User, {textPart("apples " + std::to_string(i))});
    store_.save(wholeChat(chat));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(
        store_.search(parseSearch("apples", LastWord::Whole), 0, SearchEffort::Quick, stop.get_token()),
        QueryStopped);
    EXPECT_EQ(find("apples").total, 2001);
}

TEST_F(ChatSearch, TellsWhichModelsHaveAnsweredTheLatestFirst) {
    Conversation chat = chatOf("A", {"a", "b", "c", "d", "e", "f"});
    chat.turn(2).answer.modelName = "Old";
    chat.turn(4).answer.modelName = "New";
    chat.turn(6).answer.modelName = "Old";
    store_.save(wholeChat(chat));
    EXPECT_THAT(store_.modelNames(), ElementsAre("Old", "New"));
}

TEST_F(ChatSearch, ChineseIsFoundByAnyPartOfASentence) {
    add("A", {"我们在北京大学学习人工智能"});
    EXPECT_THAT(titlesFor("北京"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("大学学习"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("智能"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("京北"), ElementsAre());
}

TEST_F(ChatSearch, JapaneseAndKoreanToo) {
    add("A", {"東京タワーへ行きました"});
    add("B", {"안녕하세요 세계"});
    EXPECT_THAT(titlesFor("タワー"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("녕하"), ElementsAre("B"));
}

TEST_F(ChatSearch, LatinNextToChineseIsAWordOfItsOwn) {
    add("A", {"使用Python编程"});
    EXPECT_THAT(titlesFor("python"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("Python编程"), ElementsAre("A"));
}

TEST_F(ChatSearch, ASnippetShowsTheTextAsItWasWrittenWithTheHitMarked) {
    add("A", {"我们在北京大学学习"});
    const SearchHit hit = find("北京").hits.at(0);
    EXPECT_EQ(hit.snippet, "我们在北京大学学习");
    ASSERT_FALSE(hit.marks.empty());
    EXPECT_EQ(hit.snippet.substr(hit.marks.front().first, hit.marks.back().second - hit.marks.front().first),
              "北京");
}

TEST_F(ChatSearch, ALongMessageIsCutAroundTheHit) {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "word" + std::to_string(i) + " ";
    add("A", {text + "needle " + text});
    const SearchHit hit = find("needle").hits.at(0);
    EXPECT_THAT(hit.snippet, HasSubstr("needle"));
    EXPECT_LT(hit.snippet.size(), 600U);
}

TEST_F(ChatSearch, RolesCanBeAskedFor) {
    add("A", {"apples", "apples too"});
    EXPECT_EQ(find("apples role:user").total, 1);
    EXPECT_EQ(find("apples role:user").hits.at(0).role, engine::Role::User);
    EXPECT_EQ(find("apples role:assistant").hits.at(0).role, engine::Role::Assistant);
}

TEST_F(ChatSearch, ThoughtsAreSearchedUnlessOnlyAnswersAreWanted) {
    Conversation chat = chatOf("A", {"prompt"});
    chat.add(1, engine::Role::Assistant, {reasoningPart("perhaps apples"), textPart("pears")});
    store_.save(wholeChat(chat));
    EXPECT_EQ(find("apples").total, 1);
    EXPECT_EQ(find("apples in:thoughts").total, 1);
    EXPECT_EQ(find("apples in:answers").total, 0);
    EXPECT_EQ(find("pears in:answers").total, 1);
    EXPECT_EQ(find("pears in:thoughts").total, 0);
}

TEST_F(ChatSearch, AHitInThoughtAndAnswerIsOneHit) {
    Conversation chat = chatOf("A", {"prompt"});
    chat.add(1, engine::Role::Assistant, {reasoningPart("apples"), textPart("apples")});
    store_.save(wholeChat(chat));
    EXPECT_EQ(find("apples").total, 1);
}

TEST_F(ChatSearch, ModelsAndDatesCanBeAskedFor) {
    Conversation chat = chatOf("A", {"apples", "apples"});
    chat.turn(2).answer.modelName = "Qwen3 4B";
    for (const int number : {1, 2})
        chat.turn(number).createdMs = 1'774'958'400'000; // 2026-03-31, noon in UTC
    store_.save(wholeChat(chat));
    EXPECT_EQ(find("apples model:qwen3").total, 1);
    EXPECT_EQ(find("apples model:\"qwen3 4b\"").total, 1);
    EXPECT_EQ(find("apples model:llama").total, 0);
    EXPECT_EQ(find("apples after:2026-03-30").total, 2);
    EXPECT_EQ(find("apples after:2026-04-02").total, 0);
    EXPECT_EQ(find("apples before:2026-04-02").total, 2);
    EXPECT_EQ(find("apples before:2026-03-30").total, 0);
}

TEST_F(ChatSearch, FiltersAloneListMessages) {
    add("A", {"one", "two"});
    EXPECT_EQ(find("role:assistant").total, 1);
    EXPECT_THAT(find("role:assistant").hits.at(0).snippet, HasSubstr("two"));
}

TEST_F(ChatSearch, TheLimitHoldsAndTheTotalIsTold) {
    for (int i = 0; i < 7; ++i) add("chat", {"apples"});
    const SearchResults results = find("apples", LastWord::Whole, 3);
    EXPECT_EQ(results.total, 7);
    EXPECT_EQ(results.hits.size(), 3U);
}

TEST_F(ChatSearch, OfEquallyGoodHitsTheNewestIsFirst) {
    for (int i = 0; i < 3; ++i) {
        Conversation chat = chatOf("chat " + std::to_string(i), {"apples"});
        chat.turn(1).createdMs = 1000 + i;
        store_.save(wholeChat(chat));
    }
    EXPECT_THAT(titlesFor("apples"), ElementsAre("chat 2", "chat 1", "chat 0"));
}

TEST_F(ChatSearch, TheTrashIsNotSearched) {
    const Conversation chat = chatOf("A", {"apples"});
    store_.save(wholeChat(chat));
    store_.trash({chat.header.id});
    EXPECT_EQ(find("apples").total, 0);
    store_.restore({chat.header.id});
    EXPECT_EQ(find("apples").total, 1);
}

TEST_F(ChatSearch, TheArchiveIsSearchedAndCanBeAskedFor) {
    const Conversation chat = chatOf("A", {"apples"});
    store_.save(wholeChat(chat));
    add("B", {"apples"});
    store_.setArchived({chat.header.id}, 1000);
    EXPECT_EQ(find("apples").total, 2);
    EXPECT_THAT(titlesFor("apples in:archive"), ElementsAre("A"));
}

TEST_F(ChatSearch, AnEditedMessageIsFoundByItsNewWordsOnly) {
    Conversation chat = chatOf("A", {"apples"});
    store_.save(wholeChat(chat));
    chat.turn(1).parts[0].text = "pears";
    store_.save(wholeChat(chat));
    EXPECT_EQ(find("apples").total, 0);
    EXPECT_EQ(find("pears").total, 1);
}

TEST_F(ChatSearch, SignsAloneFindNothingAndBreakNothing) {
    add("A", {"apples"});
    for (const char* typed :
         {"\"", "*", "()", "AND", "a OR (", "\"\"", "-", ":", "\xff", "NEAR(", "{apples", "^apples"})
        EXPECT_NO_THROW(find(typed)) << typed;
    EXPECT_EQ(find("!!!").total, 0);
}

TEST_F(ChatSearch, OperatorsOfTheIndexAreOrdinaryWords) {
    add("A", {"cats and dogs or birds"});
    EXPECT_THAT(titlesFor("cats AND dogs"), ElementsAre("A"));
    EXPECT_THAT(titlesFor("NOT"), ElementsAre());
}

} // namespace

} // namespace ponder::app
