#include "app/fetch/running_hash.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace ponder::fetch {

namespace {

void require(int result) {
    if (result != 1) throw std::bad_alloc(); // the only way in which these calls fail
}

} // namespace

void RunningHash::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

RunningHash::RunningHash() : context_(EVP_MD_CTX_new()) {
    startOver();
}

void RunningHash::startOver() {
    require(context_ ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
}

void RunningHash::add(std::span<const std::byte> bytes) {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string RunningHash::hex() const {
    const Context copy(EVP_MD_CTX_new());
    require(copy ? EVP_MD_CTX_copy_ex(copy.get(), context_.get()) : 0);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    require(EVP_DigestFinal_ex(copy.get(), digest.data(), &size));
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += kHex[digest[i] >> 4];
        text += kHex[digest[i] & 15];
    }
    return text;
}

} // namespace ponder::fetch
