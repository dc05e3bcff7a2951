#pragma once

#include "app/attachments/attachment.h"
#include "app/token_counter.h"
#include "ui/main_window.h"

namespace ponder::app {

/// "3 pages", "12 KB".
QString shownSize(const Attachment& attachment);

/// Opens an attachment to be read: one of a draft, or one that has been sent. How many tokens it takes
/// follows when they have been counted.
void viewAttachment(const Attachment& attachment, TokenCounter& counter, ui::MainWindow& window);

} // namespace ponder::app
