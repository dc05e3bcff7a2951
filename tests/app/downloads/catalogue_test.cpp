#include "app/downloads/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <openssl/evp.h>

#include <memory>
#include <set>

#include "app/paths.h"
#include "engine/engine.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;

std::string hexOf(const std::vector<unsigned char>& bytes) {
    std::string text;
    for (const unsigned char byte : bytes) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", byte);
        text += digits;
    }
    return text;
}

/// Somebody who signs lists.
class Signer {
public:
    Signer() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free) {}
    std::string publicKey() const {
        std::vector<unsigned char> bytes(32);
        std::size_t size = bytes.size();
        EXPECT_EQ(EVP_PKEY_get_raw_public_key(key_.get(), bytes.data(), &size), 1);
        return hexOf(bytes);
    }
    std::string sign(const std::string& text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              &EVP_MD_CTX_free);
        std::vector<unsigned char> bytes(64);
        std::size_t size = bytes.size();
        EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()), 1);
        EXPECT_EQ(EVP_DigestSign(context.get(), bytes.data(), &size,
                                 reinterpret_cast<const unsigned char*>(text.data()), text.size()),
                  1);
        return hexOf(bytes);
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

Catalogue read(const Signer& signer, const std::string& text) {
    return readCatalogue(text, signer.sign(text), signer.publicKey());
}

std::string refusalOf(const std::string& text, const std::string& signature, const std::string& key) {
    try {
        readCatalogue(text, signature, key);
    } catch (const engine::Error& error) {
        return error.what();
    }
    return {};
}

TEST(Catalogue, TheOneThatIsShippedIsSignedAndWhole) {
    const Catalogue catalogue = loadCatalogue(catalogueFile());
    EXPECT_GE(catalogue.models.size(), 12u);
    std::set<std::string> ids;
    for (const CatalogueEntry& entry : catalogue.models) {
        EXPECT_TRUE(ids.insert(entry.id).second) << entry.id << " is there twice";
        EXPECT_FALSE(entry.publisher.empty() || entry.license.empty() || entry.parameters.empty())
            << entry.id;
        EXPECT_GT(entry.memoryGigabytes, 0) << entry.id;
        EXPECT_FALSE(entry.goodFor.empty()) << entry.id;
        for (const std::string& word : entry.goodFor) EXPECT_FALSE(goodForWords(word).isEmpty()) << word;
        EXPECT_TRUE(entry.reasoning == "none" || entry.reasoning == "always" ||
                    entry.reasoning == "switchable");
        const DownloadOrder order = orderFor(entry, "/models");
        EXPECT_EQ(order.folder, "/models/" + entry.repository);
        EXPECT_EQ(firstHost(order.link), "huggingface.co");
    }
}

TEST(Catalogue, IsRefusedUnlessItsReleaserSignedIt) {
    const Signer signer;
    const Signer stranger;
    const std::string text = R"({"format":"ponder-catalogue-1","issued":"2026-01-01","models":[]})";
    EXPECT_EQ(read(signer, text).issued, "2026-01-01");
    const std::string notSigned = "The list of models is not signed by who released this Ponder. Install "
                                  "Ponder again, or add a model from a link.";
    EXPECT_EQ(refusalOf(text + " ", signer.sign(text), signer.publicKey()), notSigned);
    EXPECT_EQ(refusalOf(text, stranger.sign(text), signer.publicKey()), notSigned);
    EXPECT_EQ(refusalOf(text, "", signer.publicKey()), notSigned);
    EXPECT_EQ(refusalOf(text, std::string(128, 'g'), signer.publicKey()), notSigned);
}

TEST(Catalogue, ThatIsMissingOrDamagedIsSaid) {
    const Signer signer;
    for (const std::string& text :
         std::vector<std::string>{"", "{}", "[1]", R"({"format":"ponder-catalogue-2","models":[]})"})
        EXPECT_THAT(refusalOf(text, signer.sign(text), signer.publicKey()), HasSubstr("is damaged")) << text;
    const tests::TempDir folder;
    folder.write("catalogue.json", "{}");
    try {
        loadCatalogue(folder / "catalogue.json");
        FAIL() << "it has no signature";
    } catch (const engine::Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("is missing"));
    }
}

TEST(Catalogue, EntriesThatMakeNoSenseAreLeftOut) {
    const Signer signer;
    const Catalogue catalogue = read(signer, R"({"format":"ponder-catalogue-1","models":[
        {"id":"a","name":"A","repository":"x/a","quantisation":"Q8_0","sizeBytes":-1,"goodFor":["chat",7]},
        {"id":"b","name":"B","repository":"https://evil.example/b","quantisation":"Q8_0"},
        {"id":"c","name":"C","repository":"x/c","quantisation":"Q8_0","sha256":"short"},
        {"id":"","name":"D","repository":"x/d","quantisation":"Q8_0"}, 7, null]})");
    ASSERT_EQ(catalogue.models.size(), 1u);
    EXPECT_EQ(catalogue.models[0].id, "a");
    EXPECT_EQ(catalogue.models[0].sizeBytes, 0u) << "what is not certain is not said";
    EXPECT_EQ(catalogue.models[0].goodFor, std::vector<std::string>{"chat"});
}

} // namespace

} // namespace ponder::app
