#pragma once

#include <QString>

namespace ponder::ui {

/// The language of what the scenes show. The window speaks it as well where it can.
enum class Content { English, German, Chinese, Arabic };

/// As long as it lives, `said` speaks this language.
class ContentIn {
public:
    explicit ContentIn(Content content);
    ~ContentIn();
    ContentIn(const ContentIn&) = delete;
    ContentIn& operator=(const ContentIn&) = delete;

private:
    Content before_;
};

/// The one of the four that is spoken.
QString said(const char* english, const char* german, const char* chinese, const char* arabic);

} // namespace ponder::ui
