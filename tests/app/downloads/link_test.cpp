#include "app/downloads/model_link.h"

#include <gtest/gtest.h>

#include "app/downloads/hub_listing.h"
#include "engine/engine.h"

namespace ponder::app {

namespace {

const std::string kHub = "https://huggingface.co";

ModelLink linkOf(const std::string& text, const std::string& hub = kHub) {
    const ParsedLink parsed = parseModelLink(text, hub);
    EXPECT_EQ(parsed.fault, LinkFault::None) << text;
    return parsed.link;
}

LinkFault faultOf(const std::string& text) {
    return parseModelLink(text, kHub).fault;
}

TEST(ModelLink, UnderstandsARepositoryHoweverItIsWritten) {
    for (const char* text :
         {"Qwen/Qwen3-4B-GGUF", "hf.co/Qwen/Qwen3-4B-GGUF", " https://huggingface.co/Qwen/Qwen3-4B-GGUF\n",
          "https://huggingface.co/Qwen/Qwen3-4B-GGUF/", "https://hf.co/Qwen/Qwen3-4B-GGUF/tree/main",
          "HTTPS://HuggingFace.co/Qwen/Qwen3-4B-GGUF?not-for-all-audiences=true#files"}) {
        const ModelLink link = linkOf(text);
        EXPECT_EQ(link.repository, "Qwen/Qwen3-4B-GGUF") << text;
        EXPECT_EQ(link.revision, "main") << text;
        EXPECT_EQ(link.path, "") << text;
    }
}

TEST(ModelLink, UnderstandsAFileOfARepository) {
    for (const char* kind : {"blob", "resolve"}) {
        const ModelLink link =
            linkOf(std::string("https://huggingface.co/a/b/") + kind + "/v1.0/Q4/m%20x.gguf?download=true");
        EXPECT_EQ(link.repository, "a/b");
        EXPECT_EQ(link.revision, "v1.0");
        EXPECT_EQ(link.path, "Q4/m x.gguf");
    }
    EXPECT_EQ(linkOf("a/b:Q4_K_M").quantisation, "Q4_K_M");
}

TEST(ModelLink, UnderstandsAMirrorAndAnyHttpsAddress) {
    EXPECT_EQ(linkOf("https://mirror.example:8443/a/b", "https://mirror.example:8443").repository, "a/b");
    EXPECT_FALSE(linkOf("https://mirror.example/other/files/here/m.gguf", "https://mirror.example").onHub());
    const ModelLink link = linkOf("https://example.org/files/m.gguf?key=1#top");
    EXPECT_FALSE(link.onHub());
    EXPECT_EQ(link.url, "https://example.org/files/m.gguf?key=1");
    EXPECT_EQ(safeFileName(link.path), "m.gguf");
}

TEST(ModelLink, SaysWhyOneIsNone) {
    EXPECT_EQ(faultOf("http://huggingface.co/a/b"), LinkFault::NotSecure);
    EXPECT_EQ(faultOf("https://example.org/model.bin"), LinkFault::NotAModelFile);
    EXPECT_EQ(faultOf("https://huggingface.co/a/b/blob/main/README.md"), LinkFault::NotAModelFile);
    for (const char* text :
         {"", "a", "ftp://example.org/m.gguf", "file:///etc/m.gguf", "https://huggingface.co/datasets/a",
          "https://huggingface.co/a", "https://user:word@example.org/m.gguf", "a/b/c", "../b", "a/b c",
          "https://huggingface.co/a/b/blob/main/../../m.gguf", "https:///m.gguf",
          "https://example.org:99999999/m.gguf", "https://[zz]/m.gguf"})
        EXPECT_EQ(faultOf(text), LinkFault::NotALink) << text;
}

TEST(ModelLink, KeepsFilesUnderPlainNames) {
    EXPECT_EQ(safeFileName("Q4/Model-1.5_x+y.GGUF"), "Model-1.5_x+y.gguf");
    EXPECT_EQ(safeFileName("a b;c\n$(d).gguf"), "a_b_c___d_.gguf");
    EXPECT_EQ(safeFileName("../../.bashrc.gguf"), "bashrc.gguf");
    EXPECT_EQ(safeFileName("-rf.gguf"), "rf.gguf");
    EXPECT_EQ(safeFileName(std::string(500, 'x') + ".gguf").size(), 200u);
    for (const char* none : {"", "m.bin", ".gguf", "...gguf", "m.gguf/"})
        EXPECT_EQ(safeFileName(none), "") << none;
    EXPECT_TRUE(isSafeFileName("m-00001-of-00002.gguf"));
    for (const char* unsafe : {"../m.gguf", "/m.gguf", "m", ".m.gguf", ""})
        EXPECT_FALSE(isSafeFileName(unsafe)) << unsafe;
}

TEST(ModelLink, EncodesPathsInAddresses) {
    EXPECT_EQ(hubFileUrl(kHub, "a/b", "main", "Q4/m x#1.gguf"),
              "https://huggingface.co/a/b/resolve/main/Q4/m%20x%231.gguf");
}

HubListing listed(const std::string& siblings) {
    return parseHubListing(
        R"({"sha":"0123456789abcdef0123456789abcdef01234567","gated":"manual","cardData":{"license":"mit"},
        "siblings":[)" +
            siblings + "]}",
        "a/b");
}

TEST(HubListing, TakesModelsWithSizesAndHashesAndNothingElse) {
    const std::string hash(64, 'a');
    const HubListing listing = listed(
        R"({"rfilename":"README.md","size":5},{"rfilename":"m-Q8_0.gguf","size":9,"lfs":{"sha256":")" + hash +
        R"(","size":10,"pointerSize":1}},{"rfilename":"../../m.gguf","size":3},{"rfilename":"/m.gguf"},{"rfilename":7},null,
        {"rfilename":"mmproj-F16.gguf","size":3},{"rfilename":"n.gguf","size":-4,"lfs":{"sha256":"XYZ"}})");
    EXPECT_EQ(listing.license, "mit");
    EXPECT_TRUE(listing.gated);
    ASSERT_EQ(listing.models.size(), 2u);
    EXPECT_EQ(listing.models[0].files, (std::vector<HubFile>{{"m-Q8_0.gguf", 10, hash}}));
    EXPECT_EQ(listing.models[1].files, (std::vector<HubFile>{{"n.gguf", 0, ""}}));
}

TEST(HubListing, PutsThePartsOfASplitModelTogether) {
    const HubListing listing = listed(
        R"({"rfilename":"Q8/m-00002-of-00002.gguf","size":2},{"rfilename":"Q8/m-00001-of-00002.gguf","size":1},
        {"rfilename":"lonely-00001-of-00003.gguf","size":1},{"rfilename":"m.gguf","size":5})");
    ASSERT_EQ(listing.models.size(), 2u) << "one that lacks parts is no model";
    EXPECT_EQ(listing.models[0].name, "m.gguf");
    EXPECT_EQ(listing.models[0].files.size(), 2u);
    EXPECT_EQ(listing.models[0].files[0].path, "Q8/m-00001-of-00002.gguf");
    EXPECT_EQ(listing.models[0].sizeBytes(), 3u);
}

TEST(HubListing, ChoosesByPathByQuantisationOrTheOnlyOne) {
    const HubListing listing = listed(
        R"({"rfilename":"m-Q4_K_M.gguf"},{"rfilename":"m-Q4_K_S.gguf"},{"rfilename":"m-q8_0.gguf"},{"rfilename":"d/m-Q4_0.gguf"})");
    EXPECT_EQ(chooseHubModel(listing, "", ""), nullptr);
    EXPECT_EQ(chooseHubModel(listing, "", "q4_k_m")->name, "m-Q4_K_M.gguf");
    EXPECT_EQ(chooseHubModel(listing, "", "Q8_0")->name, "m-q8_0.gguf");
    EXPECT_EQ(chooseHubModel(listing, "", "Q4_K"), nullptr);
    EXPECT_EQ(chooseHubModel(listing, "d/m-Q4_0.gguf", "")->name, "m-Q4_0.gguf");
    EXPECT_EQ(chooseHubModel(listing, "none.gguf", ""), nullptr);
    EXPECT_NE(chooseHubModel(listed(R"({"rfilename":"m.gguf"})"), "", ""), nullptr);
}

TEST(HubListing, RefusesWhatIsNone) {
    for (const char* answer :
         {"", "[]", "{}", "{\"siblings\":[]}", "{\"sha\":\"x\",\"siblings\":[]}", "[[[[[["})
        EXPECT_THROW(parseHubListing(answer, "a/b"), engine::Error) << answer;
    EXPECT_THROW(parseHubListing(std::string(100'000, '['), "a/b"), engine::Error);
}

} // namespace

} // namespace ponder::app
