#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponder::app {

/// An https address taken apart, as far as deciding whom to contact needs it.
struct WebAddress {
    std::string host;      ///< lower case, an IPv6 address without its brackets
    std::string port;      ///< "443" unless the address says otherwise
    std::string path = {}; ///< "/…" without query and fragment, as it was written

    bool sameServer(const WebAddress& other) const { return host == other.host && port == other.port; }
    /// "huggingface.co", "localhost:8443": as a person is told.
    std::string shown() const;
};

/// Nothing for what is no https address, holds a user's name or password, or is longer than 4096 bytes.
std::optional<WebAddress> parseWebAddress(std::string_view text);

/// What a person gave as the place of a model: a repository on Hugging Face, a file in one, or an https
/// address.
struct ModelLink {
    std::string repository = {}; ///< "ORG/NAME", or empty: `url` is the file
    std::string revision = "main";
    std::string path = {};         ///< of a file in the repository; empty: the person has not said which
    std::string quantisation = {}; ///< of "ORG/NAME:Q4_K_M"
    std::string url = {};

    bool onHub() const { return !repository.empty(); }
    bool operator==(const ModelLink&) const = default;
};

enum class LinkFault { None, NotALink, NotSecure, NotAModelFile };

struct ParsedLink {
    ModelLink link = {};
    LinkFault fault = LinkFault::None;
};

/// Understands https://huggingface.co/ORG/NAME, its /tree/, /blob/ and /resolve/ pages, hf.co/…, ORG/NAME,
/// ORG/NAME:Q4_K_M, the same on `hubEndpoint`, and any other https address that ends in .gguf.
ParsedLink parseModelLink(std::string_view text, const std::string& hubEndpoint);

/// Where Hugging Face is: HF_ENDPOINT, as its own programs read it, or https://huggingface.co.
std::string hubEndpoint();
/// Whether HF_TOKEN is set and will be shown to `hubEndpoint`, and to nobody else.
bool hubTokenIsSet();

/// The address of a file of a repository at one commit.
std::string hubFileUrl(const std::string& endpoint, const std::string& repository,
                       const std::string& revision, const std::string& path);
/// The address that lists a repository's files, their sizes and hashes.
std::string hubListingUrl(const std::string& endpoint, const ModelLink& link);

/// The name under which a file is kept: the last part of a path, with letters, digits and ._+- only. Empty
/// for what does not end in .gguf.
std::string safeFileName(std::string_view path);
/// Whether `name` is one that safeFileName could have made.
bool isSafeFileName(std::string_view name);

} // namespace ponder::app
