#include "app/downloads/model_link.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

namespace ponder::app {

namespace {

constexpr std::size_t kLongestLink = 4096;
// Beside it lie "NAME.part.json.new"; most file systems take 255 bytes.
constexpr std::size_t kLongestFileName = 200;
constexpr std::string_view kScheme = "https://";
constexpr std::string_view kModelEnding = ".gguf";

bool isLetterOrDigit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool endsLikeAModel(std::string_view path) {
    return lowerCase(path).ends_with(kModelEnding);
}

/// "%20" becomes a space; what is no escape stays.
std::string percentDecoded(std::string_view text) {
    const auto digit = [](char letter) {
        if (letter >= '0' && letter <= '9') return letter - '0';
        const char lower = static_cast<char>(letter | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    };
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size() && digit(text[at + 1]) >= 0 && digit(text[at + 2]) >= 0) {
            decoded += static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
            at += 2;
        } else {
            decoded += text[at];
        }
    }
    return decoded;
}

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char letter : text) {
        if (isLetterOrDigit(letter) || std::string_view("-._~/").find(letter) != std::string_view::npos) {
            encoded += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        encoded += '%';
        encoded += kHex[byte >> 4];
        encoded += kHex[byte & 15];
    }
    return encoded;
}

bool isHubName(std::string_view name) {
    return !name.empty() && name.size() <= 96 && name[0] != '.' && name[0] != '-' &&
           std::ranges::all_of(name, [](char letter) {
               return isLetterOrDigit(letter) || letter == '.' || letter == '_' || letter == '-';
           });
}

bool isHubPage(std::string_view name) {
    constexpr std::array<std::string_view, 9> kPages{"api",    "datasets", "spaces",      "docs",    "blog",
                                                     "papers", "models",   "collections", "settings"};
    return std::ranges::find(kPages, name) != kPages.end();
}

bool isHuggingFace(const WebAddress& address) {
    return address.port == "443" && (address.host == "huggingface.co" ||
                                     address.host == "www.huggingface.co" || address.host == "hf.co");
}

bool isMirror(const WebAddress& address, const std::string& endpoint) {
    const auto named = parseWebAddress(endpoint);
    return named && address.sameServer(*named);
}

std::vector<std::string> partsOf(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0) parts.push_back(percentDecoded(path.substr(0, end)));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

bool isPlainPath(const std::string& path) {
    return path.size() <= 1024 && path.find("..") == std::string::npos &&
           std::ranges::none_of(path, [](char letter) {
               return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f || letter == '\\';
           });
}

ParsedLink fault(LinkFault what) {
    return {.fault = what};
}

ParsedLink hubLink(std::string_view path) {
    std::vector<std::string> parts = partsOf(path);
    if (parts.size() < 2) return fault(LinkFault::NotALink);
    ModelLink link;
    if (const std::size_t colon = parts[1].find(':'); colon != std::string::npos && parts.size() == 2) {
        link.quantisation = parts[1].substr(colon + 1);
        parts[1].resize(colon);
        if (!isHubName(link.quantisation)) return fault(LinkFault::NotALink);
    }
    if (!isHubName(parts[0]) || !isHubName(parts[1]) || isHubPage(parts[0]))
        return fault(LinkFault::NotALink);
    link.repository = parts[0] + "/" + parts[1];
    if (parts.size() == 2) return {link};
    const bool namesRevision = parts[2] == "tree" || parts[2] == "blob" || parts[2] == "resolve";
    if (!namesRevision || parts.size() < 4 || !isHubName(parts[3])) return fault(LinkFault::NotALink);
    link.revision = parts[3];
    if (parts[2] == "tree" || parts.size() == 4) return {link};
    link.path = parts[4];
    for (std::size_t i = 5; i < parts.size(); ++i) link.path += "/" + parts[i];
    if (!isPlainPath(link.path)) return fault(LinkFault::NotALink);
    return endsLikeAModel(link.path) ? ParsedLink{link} : fault(LinkFault::NotAModelFile);
}

} // namespace

std::string WebAddress::shown() const {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return port == "443" ? name : name + ":" + port;
}

std::optional<WebAddress> parseWebAddress(std::string_view text) {
    if (text.size() > kLongestLink || !lowerCase(text.substr(0, kScheme.size())).starts_with(kScheme))
        return std::nullopt;
    if (std::ranges::any_of(text, [](char letter) {
            const auto byte = static_cast<unsigned char>(letter);
            return byte <= 0x20 || byte >= 0x7f || letter == '\\' || letter == '"';
        }))
        return std::nullopt;
    text.remove_prefix(kScheme.size());
    const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
    std::string_view authority = text.substr(0, end);
    WebAddress address{.host = {}, .port = "443"};
    address.path = std::string(text.substr(end, text.substr(end).find_first_of("?#")));
    if (address.path.empty()) address.path = "/";
    std::size_t portAt = authority.rfind(':');
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        address.host = lowerCase(authority.substr(1, close - 1));
        const bool isNumber = address.host.find_first_not_of("0123456789abcdef:.") == std::string::npos;
        if (!isNumber || address.host.find(':') == std::string::npos) return std::nullopt;
        portAt = close + 1 < authority.size() ? close + 1 : std::string_view::npos;
        if (portAt != std::string_view::npos && authority[portAt] != ':') return std::nullopt;
    } else {
        address.host = lowerCase(authority.substr(0, portAt));
        if (std::ranges::any_of(address.host, [](char letter) {
                return !isLetterOrDigit(letter) && letter != '.' && letter != '-' && letter != '_';
            }))
            return std::nullopt;
    }
    if (portAt != std::string_view::npos) {
        address.port = std::string(authority.substr(portAt + 1));
        const bool isNumber = address.port.find_first_not_of("0123456789") == std::string::npos;
        if (address.port.empty() || address.port.size() > 5 || !isNumber) return std::nullopt;
    }
    if (address.host.empty() || address.host.size() > 253) return std::nullopt;
    return address;
}

ParsedLink parseModelLink(std::string_view text, const std::string& hubEndpoint) {
    text = trimmed(text);
    if (text.empty() || text.size() > kLongestLink) return fault(LinkFault::NotALink);
    const std::string lower = lowerCase(text.substr(0, 24));
    if (lower.starts_with("http://")) return fault(LinkFault::NotSecure);
    if (lower.starts_with("hf.co/") || lower.starts_with("huggingface.co/"))
        return parseModelLink(std::string(kScheme) + std::string(text), hubEndpoint);
    if (!lower.starts_with(kScheme))
        return lower.find("://") == std::string::npos ? hubLink(text) : fault(LinkFault::NotALink);
    const auto address = parseWebAddress(text);
    if (!address) return fault(LinkFault::NotALink);
    if (isHuggingFace(*address)) return hubLink(address->path);
    if (isMirror(*address, hubEndpoint)) {
        // It may hold other files, too.
        const ParsedLink onMirror = hubLink(address->path);
        if (onMirror.fault == LinkFault::None) return onMirror;
    }
    if (safeFileName(percentDecoded(address->path)).empty()) return fault(LinkFault::NotAModelFile);
    ModelLink link;
    link.url = std::string(text.substr(0, text.find('#')));
    link.path = percentDecoded(address->path);
    return {link};
}

std::string hubEndpoint() {
    const char* named = std::getenv("HF_ENDPOINT");
    std::string endpoint = named ? named : "";
    while (endpoint.ends_with('/')) endpoint.pop_back();
    return parseWebAddress(endpoint) ? endpoint : "https://huggingface.co";
}

bool hubTokenIsSet() {
    const char* token = std::getenv("HF_TOKEN");
    return token && *token;
}

std::string hubFileUrl(const std::string& endpoint, const std::string& repository,
                       const std::string& revision, const std::string& path) {
    return endpoint + "/" + repository + "/resolve/" + percentEncoded(revision) + "/" + percentEncoded(path);
}

std::string hubListingUrl(const std::string& endpoint, const ModelLink& link) {
    return endpoint + "/api/models/" + link.repository + "/revision/" + percentEncoded(link.revision) +
           "?blobs=true";
}

std::string safeFileName(std::string_view path) {
    const std::size_t slash = path.find_last_of('/');
    std::string_view last = slash == std::string_view::npos ? path : path.substr(slash + 1);
    if (!endsLikeAModel(last)) return {};
    last.remove_suffix(kModelEnding.size());
    std::string name;
    for (const char letter : last.substr(0, kLongestFileName - kModelEnding.size())) {
        const bool isPlain =
            isLetterOrDigit(letter) || std::string_view("._+-").find(letter) != std::string_view::npos;
        name += isPlain ? letter : '_';
    }
    // A leading dot would hide the file, a leading dash would be an option to many a command.
    name.erase(0, name.find_first_not_of(".-"));
    return name.empty() ? std::string() : name + std::string(kModelEnding);
}

bool isSafeFileName(std::string_view name) {
    return !name.empty() && safeFileName(name) == name;
}

} // namespace ponder::app
