#include "app/fetch/transfer.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <utility>

#include "app/fetch/address_rules.h"
#include "app/fetch/fetch_failure.h"
#include "app/fetch/pace.h"

namespace ponder::fetch {

namespace {

using app::FetchProblem;
using app::ProblemKind;

constexpr int kMostRedirects = 5;
constexpr long kStallBytesPerSecond = 1024;
constexpr long kReadAtOnce = 256 * 1024;
constexpr int kLookMilliseconds = 500;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// With a proxy in between, the address that is connected to is the proxy's, which the user chose.
bool usesProxy() {
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        if (!environment(name).empty()) return true;
    return false;
}

/// The token, if it can stand in a head.
std::string hubToken() {
    std::string token = environment("HF_TOKEN");
    const bool isPlain = token.size() <= 512 && std::ranges::all_of(token, [](char letter) {
                             return letter > 0x20 && letter < 0x7f;
                         });
    return isPlain ? token : std::string();
}

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isProper(int status) {
    return status == 200 || status == 206 || status == 416;
}

/// The absolute address of a redirect; empty where it cannot be understood.
std::string resolved(const std::string& base, const std::string& location) {
    const std::unique_ptr<CURLU, decltype(&::curl_url_cleanup)> url(::curl_url(), &::curl_url_cleanup);
    char* text = nullptr;
    if (!url || ::curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK ||
        ::curl_url_set(url.get(), CURLUPART_URL, location.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
        ::curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
        return {};
    std::string absolute(text);
    ::curl_free(text);
    return absolute;
}

TransferEnd failed(ProblemKind kind, const std::string& host, std::string detail = {}) {
    return {.problem = FetchProblem{kind, host, std::move(detail), 0}};
}

TransferEnd failedForNow(ProblemKind kind, const std::string& host, std::int64_t amount = 0) {
    return {.problem = FetchProblem{kind, host, {}, amount}, .worthAnotherTry = true};
}

TransferEnd endForStatus(const AnswerHead& head, const std::string& host) {
    const int status = head.status();
    if (status == 401 || status == 403 || status == 407) return failed(ProblemKind::NeedsAccess, host);
    if (status == 404 || status == 410) return failed(ProblemKind::NotFound, host);
    TransferEnd end = failed(ProblemKind::UnexpectedAnswer, host);
    if (status == 429) {
        end = failedForNow(ProblemKind::TooManyRequests, host, head.retryAfterSeconds().value_or(0));
    } else if (status == 408 || status >= 500) {
        end = failedForNow(ProblemKind::ServerFault, host, status);
    } else {
        end.problem->amount = status;
    }
    end.retryAfterSeconds = head.retryAfterSeconds();
    return end;
}

TransferEnd endForCode(CURLcode code, const std::string& host) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return failedForNow(ProblemKind::NoSuchHost, host);
    case CURLE_COULDNT_CONNECT:
        return failedForNow(ProblemKind::NoConnection, host);
    case CURLE_OPERATION_TIMEDOUT:
        return failedForNow(ProblemKind::Stalled, host);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return failed(ProblemKind::BadCertificate, host);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
        return failedForNow(ProblemKind::ConnectionLost, host);
    default:
        return failed(ProblemKind::UnexpectedAnswer, host);
    }
}

/// The authorities that users of curl and OpenSSL name by these variables, or the system's.
std::string namedAuthorities() {
    const std::string bundle = environment("CURL_CA_BUNDLE");
    return bundle.empty() ? environment("SSL_CERT_FILE") : bundle;
}

} // namespace

/// libcurl's handles and what its callbacks work on.
struct Transfer::Connection {
    CURLM* multi = ::curl_multi_init();
    CURL* easy = ::curl_easy_init();
    curl_slist* headers = nullptr;

    Pace pace;
    const TransferSteps* steps = nullptr;
    AnswerHead head;
    std::exception_ptr thrown;
    bool privateAllowed = false;
    bool refusedPrivate = false;

    explicit Connection(Control& control) : pace(control) {}
    ~Connection() {
        ::curl_easy_cleanup(easy);
        ::curl_multi_cleanup(multi);
        ::curl_slist_free_all(headers);
    }

    void addHeader(const std::string& header) {
        if (curl_slist* longer = ::curl_slist_append(headers, header.c_str())) headers = longer;
    }

    /// Exceptions do not cross C: they are kept, and the transfer is ended. An answer that is not the proper
    /// one has no body worth reading.
    static std::size_t onHeader(char* bytes, std::size_t, std::size_t size, void* self) {
        auto& my = *static_cast<Connection*>(self);
        const bool wasComplete = my.head.complete();
        if (!my.head.add({bytes, size})) return 0;
        if (wasComplete || !my.head.complete()) return size;
        if (!isProper(my.head.status())) return 0;
        return my.guarded([&] { my.steps->begin(my.head); }) && my.head.status() != 416 ? size : 0;
    }

    static std::size_t onBody(char* bytes, std::size_t, std::size_t size, void* self) {
        auto& my = *static_cast<Connection*>(self);
        const std::span<const std::byte> body(reinterpret_cast<const std::byte*>(bytes), size);
        const auto step = [&] {
            my.steps->take(body);
            my.pace.take(size);
        };
        return my.guarded(step) ? size : 0;
    }

    static curl_socket_t onSocket(void* self, curlsocktype, curl_sockaddr* address) {
        auto& my = *static_cast<Connection*>(self);
        if (!my.privateAllowed && isPrivateAddress(address->addr)) {
            my.refusedPrivate = true;
            return CURL_SOCKET_BAD;
        }
        return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    }

    template <typename Step>
    bool guarded(const Step& step) {
        try {
            step();
            return true;
        } catch (...) {
            thrown = std::current_exception();
            return false;
        }
    }
};

Transfer::Transfer(Control& control, app::FetchPatience patience)
    : control_(control), patience_(patience), connection_(std::make_unique<Connection>(control)) {
    if (!connection_->easy || !connection_->multi) throw std::bad_alloc();
    if (const auto address = app::parseWebAddress(app::hubEndpoint())) hub_ = address->shown();
}

Transfer::~Transfer() = default;

TransferEnd Transfer::run(const std::string& url, std::uint64_t from, const TransferSteps& steps) {
    const auto named = app::parseWebAddress(url);
    if (!named) return failed(ProblemKind::NotSecure, {});
    firstHost_ = named->host;
    linkedSize_ = 0;
    linkedHash_.clear();
    std::string at = url;
    for (int redirects = 0;; ++redirects) {
        std::string location;
        TransferEnd end = runOne(at, from, steps, location);
        if (location.empty()) return end;
        if (redirects == kMostRedirects) return failed(ProblemKind::TooManyRedirects, host_);
        const std::string next = resolved(at, location);
        if (!app::parseWebAddress(next)) {
            const bool isHttp = next.starts_with("http://");
            const bool isFile = next.starts_with("file:");
            return failed(ProblemKind::RedirectRefused, host_, isHttp ? "http" : isFile ? "file" : "other");
        }
        at = next;
    }
}

TransferEnd Transfer::runOne(const std::string& url, std::uint64_t from, const TransferSteps& steps,
                             std::string& location) {
    Connection& my = *connection_;
    const app::WebAddress address = *app::parseWebAddress(url);
    host_ = address.shown();
    if (std::exchange(contacted_, host_) != host_) control_.tell(app::ContactEvent{host_});

    ::curl_easy_reset(my.easy);
    ::curl_slist_free_all(std::exchange(my.headers, nullptr));
    my.steps = &steps;
    my.head = AnswerHead();
    my.thrown = nullptr;
    my.refusedPrivate = false;
    my.privateAllowed = usesProxy() || address.host == firstHost_;
    my.addHeader("Accept-Encoding: identity");
    if (const std::string token = hubToken(); !token.empty() && host_ == hub_)
        my.addHeader("Authorization: Bearer " + token);

    const auto set = [&](CURLoption option, auto value) { ::curl_easy_setopt(my.easy, option, value); };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_USERAGENT, "Ponder/" PONDER_VERSION);
    set(CURLOPT_HTTPHEADER, my.headers);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_BUFFERSIZE, kReadAtOnce);
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(patience_.stallSeconds));
    set(CURLOPT_LOW_SPEED_LIMIT, kStallBytesPerSecond);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(patience_.stallSeconds));
    set(CURLOPT_HEADERFUNCTION, &Connection::onHeader);
    set(CURLOPT_HEADERDATA, &my);
    set(CURLOPT_WRITEFUNCTION, &Connection::onBody);
    set(CURLOPT_WRITEDATA, &my);
    set(CURLOPT_OPENSOCKETFUNCTION, &Connection::onSocket);
    set(CURLOPT_OPENSOCKETDATA, &my);
    const std::string authorities = namedAuthorities();
    if (!authorities.empty()) set(CURLOPT_CAINFO, authorities.c_str());
    const std::string range = std::to_string(from) + "-";
    if (from > 0) set(CURLOPT_RANGE, range.c_str());

    ::curl_multi_add_handle(my.multi, my.easy);
    // Whatever happens, the handle is taken out again.
    struct Removal {
        Connection& connection;
        ~Removal() { ::curl_multi_remove_handle(connection.multi, connection.easy); }
    } const removal{my};
    std::optional<CURLcode> code;
    for (int running = 1; !code;) {
        control_.check();
        if (::curl_multi_perform(my.multi, &running) != CURLM_OK) throw std::bad_alloc();
        int left = 0;
        while (const CURLMsg* message = ::curl_multi_info_read(my.multi, &left))
            if (message->msg == CURLMSG_DONE) code = message->data.result;
        if (code) break;
        curl_waitfd line{.fd = Control::handle(), .events = CURL_WAIT_POLLIN, .revents = 0};
        ::curl_multi_poll(my.multi, &line, 1, kLookMilliseconds, nullptr);
    }
    if (my.thrown) std::rethrow_exception(my.thrown);
    if (my.refusedPrivate && *code == CURLE_COULDNT_CONNECT)
        return failed(ProblemKind::RedirectRefused, host_, "private");
    const AnswerHead& head = my.head;
    if (!head.complete())
        return *code == CURLE_OK ? failed(ProblemKind::UnexpectedAnswer, host_) : endForCode(*code, host_);
    if (address.host == firstHost_ && head.linkedSize() > 0) {
        linkedSize_ = head.linkedSize();
        linkedHash_ = head.linkedHash();
    }
    if (isRedirect(head.status()) && !head.location().empty()) {
        location = head.location();
        return {};
    }
    if (!isProper(head.status())) return endForStatus(head, host_);
    if (head.status() == 416 || *code == CURLE_OK) return {};
    return endForCode(*code, host_);
}

} // namespace ponder::fetch
