<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionRow</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 词元/秒</translation>
    </message>
    <message>
        <source>Edit and ask again</source>
        <translation>修改并重新提问</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Copy prompt</source>
        <translation>复制提问</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一版本</translation>
    </message>
    <message>
        <source>Edit the answer</source>
        <translation>编辑回答</translation>
    </message>
    <message>
        <source>Version %1 of %2</source>
        <translation>版本 %1，共 %2</translation>
    </message>
</context>
<context>
    <name>AnswerReproduction</name>
    <message>
        <source>The answer came out alike, token for token.</source>
        <translation>回答完全一致，逐词元相同。</translation>
    </message>
    <message>
        <source>%1 tokens, seed %2.</source>
        <translation>%1 词元，种子 %2。</translation>
    </message>
    <message>
        <source>“Compare versions…” in its menu shows where.</source>
        <translation>可用其菜单中的“比较版本…”查看差异。</translation>
    </message>
    <message>
        <source>The file of the model is not the same any more.</source>
        <translation>模型文件已不再相同。</translation>
    </message>
    <message>
        <source>Tokens of the prompt: %1 then, %2 now. The chat&apos;s instructions, or what is kept of its thoughts, have changed.</source>
        <translation>提示的词元数：当时 %1，现在 %2。对话的指令，或保留的思考内容，已经改变。</translation>
    </message>
    <message>
        <source>It was written with version %1 of Ponder; this is %2.</source>
        <translation>它由 Ponder %1 版写成；现在是 %2 版。</translation>
    </message>
    <message>
        <source>The answer came out different.</source>
        <translation>回答有所不同。</translation>
    </message>
    <message>
        <source>This answer cannot be reproduced.</source>
        <translation>此回答无法重现。</translation>
    </message>
    <message>
        <source>It has to be known how it was drawn, and it has to be written in one go: not stopped, continued, edited or imported. Choose “Answer again” instead.</source>
        <translation>必须知道它是如何采样的，并且是一次写成的：没有被停止、继续、编辑或导入。请改用“重新回答”。</translation>
    </message>
    <message>
        <source>This answer was written by another model, %1.</source>
        <translation>此回答由另一个模型写成：%1。</translation>
    </message>
    <message>
        <source>Choose it, and try again.</source>
        <translation>请选择该模型，然后重试。</translation>
    </message>
</context>
<context>
    <name>AttachmentBlock</name>
    <message>
        <source>Attachment: %1</source>
        <translation>附件：%1</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
</context>
<context>
    <name>AttachmentView</name>
    <message>
        <source>Text of a PDF</source>
        <translation>PDF 的文本</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln 页</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BubbleBlock</name>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>展开</translation>
    </message>
</context>
<context>
    <name>CatalogueWords</name>
    <message>
        <source>Install Ponder again, or add a model from a link.</source>
        <translation>请重新安装 Ponder，或通过链接添加模型。</translation>
    </message>
    <message>
        <source>The list of models is not signed by who released this Ponder.</source>
        <translation>模型列表未由此 Ponder 的发布者签名。</translation>
    </message>
    <message>
        <source>The list of models is damaged.</source>
        <translation>模型列表已损坏。</translation>
    </message>
    <message>
        <source>The list of models is missing.</source>
        <translation>缺少模型列表。</translation>
    </message>
    <message>
        <source>Writing and answering questions</source>
        <translation>写作和回答问题</translation>
    </message>
    <message>
        <source>Thinking a problem through</source>
        <translation>深入思考问题</translation>
    </message>
    <message>
        <source>Programming</source>
        <translation>编程</translation>
    </message>
    <message>
        <source>Many languages</source>
        <translation>多种语言</translation>
    </message>
    <message>
        <source>Long texts</source>
        <translation>长文本</translation>
    </message>
    <message>
        <source>Computers with little memory</source>
        <translation>内存较小的电脑</translation>
    </message>
    <message>
        <source>Quick answers without a graphics card</source>
        <translation>无显卡也能快速回答</translation>
    </message>
</context>
<context>
    <name>ChatOptions</name>
    <message>
        <source>As the model wants</source>
        <translation>由模型决定</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Whether the model thinks before it answers.</source>
        <translation>模型是否先思考再回答。</translation>
    </message>
    <message>
        <source>Think first</source>
        <translation>先思考</translation>
    </message>
    <message>
        <source>Answer at once</source>
        <translation>直接回答</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>思考强度</translation>
    </message>
    <message>
        <source>How hard the model thinks.</source>
        <translation>模型思考的深入程度。</translation>
    </message>
    <message>
        <source>Thinking budget</source>
        <translation>思考预算</translation>
    </message>
    <message>
        <source>After so many tokens of thought the model has to answer.</source>
        <translation>思考达到这么多词元后，模型必须回答。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Earlier thoughts</source>
        <translation>之前的思考</translation>
    </message>
    <message>
        <source>Whether the model sees again what it thought before earlier answers.</source>
        <translation>模型是否能再次看到之前回答时的思考。</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>与设置相同</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>不包含</translation>
    </message>
    <message>
        <source>Show them again</source>
        <translation>再次提供</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>What the model is told before the first message.</source>
        <translation>在第一条消息之前告诉模型的内容。</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 takes the likeliest word, more makes answers more varied.</source>
        <translation>0 总是取最可能的词，数值越大回答越多样。</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Only words that together make up this much of the likelihood; 1 is off.</source>
        <translation>只取累计概率达到此值的词；1 为关闭。</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Only so many of the likeliest words.</source>
        <translation>只取最可能的若干个词。</translation>
    </message>
    <message>
        <source>Min p</source>
        <translation>Min p</translation>
    </message>
    <message>
        <source>Only words at least this likely compared to the likeliest; 0 is off.</source>
        <translation>只取相对最可能的词至少有此概率的词；0 为关闭。</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Makes words that were there already less likely; 1 is off.</source>
        <translation>降低已出现过的词的概率；1 为关闭。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>In tokens, thoughts included.</source>
        <translation>以词元计，包含思考。</translation>
    </message>
    <message>
        <source>When the chat becomes too long</source>
        <translation>聊天过长时</translation>
    </message>
    <message>
        <source>What is done when it no longer fits into the model&apos;s context.</source>
        <translation>当聊天超出模型的上下文时如何处理。</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>询问我</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>省略最早的消息</translation>
    </message>
    <message>
        <source>Summarise the oldest messages</source>
        <translation>总结最早的消息</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Do not wrap lines</source>
        <translation>不自动换行</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>自动换行</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Hidden characters: %1</source>
        <translation>隐藏字符：%1</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>撰写消息</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>复制最后的回答</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>重命名聊天</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>默认文字大小</translation>
    </message>
    <message>
        <source>Close Ponder</source>
        <translation>关闭 Ponder</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Shift+Enter</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>↑</translation>
    </message>
    <message>
        <source>Edit the last message, when nothing is written</source>
        <translation>未输入内容时，编辑上一条消息</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Delete the chat chosen in the list</source>
        <translation>删除列表中选中的聊天</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Ctrl+Z</translation>
    </message>
    <message>
        <source>Take that back, in the list</source>
        <translation>在列表中撤销删除</translation>
    </message>
    <message>
        <source>Pin or unpin the chat</source>
        <translation>置顶或取消置顶聊天</translation>
    </message>
    <message>
        <source>Delete the chat</source>
        <translation>删除聊天</translation>
    </message>
    <message>
        <source>Export the chat</source>
        <translation>导出聊天</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>导入聊天</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Messages and models</source>
        <translation>消息与模型</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>新临时聊天</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新文件夹</translation>
    </message>
    <message>
        <source>Versions of the chat</source>
        <translation>聊天的版本</translation>
    </message>
    <message>
        <source>Settings of the chat</source>
        <translation>此对话的设置</translation>
    </message>
    <message>
        <source>What the model will see</source>
        <translation>模型将看到的内容</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>查找任何内容</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Next place found</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Previous place found</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>本机上的模型</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>获取模型</translation>
    </message>
</context>
<context>
    <name>ContextLedger</name>
    <message>
        <source>System prompt</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>your next message</source>
        <translation>你的下一条消息</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>its thoughts are left out</source>
        <translation>其思考未包含</translation>
    </message>
    <message>
        <source>with its thoughts</source>
        <translation>包含其思考</translation>
    </message>
    <message>
        <source>left out: the context is full</source>
        <translation>已省略：上下文已满</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>of what is left out</source>
        <translation>代替被省略的内容</translation>
    </message>
</context>
<context>
    <name>DataPlaces</name>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>One database file with every conversation. Copy it while Ponder is closed to back it up.</source>
        <translation>包含所有对话的数据库文件。关闭 Ponder 后复制它即可备份。</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Before a new version changes the database, a copy is kept beside it, the last three of them.</source>
        <translation>新版本更改数据库之前会在旁边保留一份副本，最多保留最近三份。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>A text file; only what differs from the usual is in it.</source>
        <translation>文本文件，只记录与默认值不同的内容。</translation>
    </message>
    <message>
        <source>Models of Ponder&apos;s own</source>
        <translation>Ponder 自己的模型</translation>
    </message>
    <message>
        <source>Files that end in .gguf and lie here are found by themselves.</source>
        <translation>放在这里的 .gguf 文件会被自动找到。</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>What models have worked out of your chats, so that they go on at once. At most 2 GB; may be deleted.</source>
        <translation>模型从您的对话中计算出的内容，用于立即继续。最多 2 GB；可以删除。</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>What can be made again. It may be deleted while Ponder is closed.</source>
        <translation>可以重新生成的内容。关闭 Ponder 后可以删除。</translation>
    </message>
</context>
<context>
    <name>DownloadWords</name>
    <message numerus="yes">
        <source>%Ln second(s) left</source>
        <translation>
            <numerusform>剩余 %Ln 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) left</source>
        <translation>
            <numerusform>剩余 %Ln 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) left</source>
        <translation>
            <numerusform>剩余 %Ln 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>asks %1</source>
        <translation>正在询问 %1</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1</translation>
    </message>
    <message>
        <source>is being checked</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>the server failed, tries again</source>
        <translation>服务器出错，正在重试</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>is being removed</source>
        <translation>正在移除</translation>
    </message>
    <message>
        <source>complete, SHA-256 verified</source>
        <translation>已完成，SHA-256 已核对</translation>
    </message>
    <message>
        <source>complete; no SHA-256 was given to compare it with</source>
        <translation>已完成；没有可供核对的 SHA-256</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>thinks</source>
        <translation>会思考</translation>
    </message>
    <message>
        <source>thinks when asked to</source>
        <translation>可按需思考</translation>
    </message>
    <message>
        <source>Runs well with %1 of memory; this computer has %2</source>
        <translation>有 %1 内存时运行良好；本机有 %2</translation>
    </message>
    <message>
        <source>Runs well with %1 of memory</source>
        <translation>有 %1 内存时运行良好</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>许可证：%1</translation>
    </message>
    <message>
        <source>Its publisher wants you to agree to terms on its page first, with an account.</source>
        <translation>发布者要求您先登录其页面并同意条款。</translation>
    </message>
    <message>
        <source>%1 holds no GGUF files.</source>
        <translation>%1 中没有 GGUF 文件。</translation>
    </message>
    <message>
        <source>Look for a repository of the same model whose name ends in GGUF.</source>
        <translation>请查找同一模型、名称以 GGUF 结尾的仓库。</translation>
    </message>
    <message>
        <source>“Look” asks %1 which files there are. A download may go on to servers that it names.</source>
        <translation>“查看”会向 %1 询问有哪些文件。下载可能转到它指定的服务器。</translation>
    </message>
    <message>
        <source>The download contacts %1.</source>
        <translation>下载会联系 %1。</translation>
    </message>
    <message>
        <source>It is shown the token in HF_TOKEN, and nobody else is.</source>
        <translation>只有它会收到 HF_TOKEN 中的令牌。</translation>
    </message>
</context>
<context>
    <name>EndingBlock</name>
    <message>
        <source>The answer could not be finished.</source>
        <translation>回答未能完成。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The answer was interrupted.</source>
        <translation>回答被中断。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>隐藏详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>%1 belongs to the text you write.</source>
        <translation>%1 用于编辑文字。</translation>
    </message>
    <message>
        <source>%1 alone is for writing. Add Ctrl or Alt.</source>
        <translation>单独的 %1 用于输入。请加上 Ctrl 或 Alt。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>text, key</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message>
        <source>%1 billion</source>
        <translation>%1 × 10⁹</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 × 10⁶</translation>
    </message>
    <message>
        <source>begins a text</source>
        <translation>文本开始</translation>
    </message>
    <message>
        <source>ends a text</source>
        <translation>文本结束</translation>
    </message>
    <message>
        <source>ends an answer</source>
        <translation>回答结束</translation>
    </message>
    <message>
        <source>ends a turn</source>
        <translation>轮次结束</translation>
    </message>
    <message>
        <source>ends a message</source>
        <translation>消息结束</translation>
    </message>
    <message>
        <source>unknown text</source>
        <translation>未知文本</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>separator</source>
        <translation>分隔</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>before a gap</source>
        <translation>空缺之前</translation>
    </message>
    <message>
        <source>behind a gap</source>
        <translation>空缺之后</translation>
    </message>
    <message>
        <source>fills a gap</source>
        <translation>填补空缺</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>publisher</source>
        <translation>发布者</translation>
    </message>
    <message>
        <source>author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>fine-tuned for</source>
        <translation>微调用途</translation>
    </message>
    <message>
        <source>quantised by</source>
        <translation>量化者</translation>
    </message>
    <message>
        <source>address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>repository</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>made from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>licence by name</source>
        <translation>许可证名称</translation>
    </message>
    <message>
        <source>licence text</source>
        <translation>许可证文本</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>%1, %2 of them for each token</source>
        <translation>%1，其中每个词元用到 %2</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>%1, %2 for each token</source>
        <translation>%1 个，每个词元用 %2 个</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>训练上下文</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1, can be switched off</source>
        <translation>%1，可关闭</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>the file does not say</source>
        <translation>文件未说明</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tensor(s), %1</source>
        <translation>
            <numerusform>%Ln 个张量，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, says the file</source>
        <translation>%1（文件所述）</translation>
    </message>
    <message>
        <source>%1, say its makers</source>
        <translation>%1（制作者所述）</translation>
    </message>
    <message numerus="yes">
        <source>The template is the file&apos;s own, %Ln character(s) long.</source>
        <translation>
            <numerusform>模板来自文件，长 %Ln 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>The template is Ponder&apos;s own for this family.</source>
        <translation>模板为 Ponder 为该系列内置。</translation>
    </message>
    <message>
        <source>the SHA-256 its source gives it</source>
        <translation>来源给出的 SHA-256</translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>It goes to the trash; %1 become free once that is emptied.</source>
        <translation>将移至回收站；清空后释放 %1。</translation>
    </message>
    <message>
        <source>There is no trash here: it is deleted for good, and %1 become free.</source>
        <translation>此处没有回收站：将永久删除，释放 %1。</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移至回收站</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>These files are not Ponder&apos;s. Delete them all the same?</source>
        <translation>这些文件不属于 Ponder。仍要删除吗？</translation>
    </message>
    <message>
        <source>%1 lies in a folder of another program or of your own, which may still need it.</source>
        <translation>%1 位于其他程序或您自己的文件夹中，可能仍被需要。</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>仍然删除</translation>
    </message>
    <message>
        <source>opens a thought</source>
        <translation>思考开始</translation>
    </message>
    <message>
        <source>closes a thought</source>
        <translation>思考结束</translation>
    </message>
    <message>
        <source>languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>base model&apos;s publisher</source>
        <translation>基础模型发布者</translation>
    </message>
    <message>
        <source>base model&apos;s repository</source>
        <translation>基础模型仓库</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>top k</source>
        <translation>Top K</translation>
    </message>
    <message>
        <source>top p</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>min p</source>
        <translation>Min P</translation>
    </message>
    <message>
        <source>repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>penalty tokens</source>
        <translation>惩罚词元数</translation>
    </message>
</context>
<context>
    <name>ListMarker</name>
    <message>
        <source>To do:</source>
        <translation>待办：</translation>
    </message>
    <message>
        <source>Done:</source>
        <translation>已完成：</translation>
    </message>
</context>
<context>
    <name>MessageWords</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>OfflineWords</name>
    <message>
        <source>without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>to the kernel</source>
        <translation>与内核通信</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1（%2 次）</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The engine cannot reach the network, start programs or write files, and reads no file but the model.</source>
        <translation>引擎无法访问网络、启动程序或写入文件，并且只能读取模型文件。</translation>
    </message>
    <message>
        <source>The engine cannot reach the network or start programs, reads no file but the model, and writes none but what it has worked out of your chats.</source>
        <translation>引擎无法访问网络或启动程序，除模型外不读取任何文件，只写入从您的对话中计算出的内容。</translation>
    </message>
    <message>
        <source>The engine cannot reach the network, start programs or write files, but it could read files of yours: this system&apos;s kernel lacks Landlock.</source>
        <translation>引擎无法访问网络、启动程序或写入文件，但可能读取您的文件：此系统的内核缺少 Landlock。</translation>
    </message>
    <message>
        <source>The engine cannot write files and reads no file but the model, but it could reach the network: this system&apos;s kernel lacks seccomp filters.</source>
        <translation>引擎无法写入文件，只能读取模型文件，但可能访问网络：此系统的内核缺少 seccomp 过滤器。</translation>
    </message>
    <message>
        <source>The engine runs unconfined: this system&apos;s kernel lacks Landlock and seccomp filters.</source>
        <translation>引擎未受限制：此系统的内核缺少 Landlock 和 seccomp 过滤器。</translation>
    </message>
    <message>
        <source>The kernel confirms it: system calls are filtered, and the process can gain no rights.</source>
        <translation>内核已确认：系统调用受到过滤，该进程无法获得更多权限。</translation>
    </message>
    <message>
        <source>The kernel lists no filter for it.</source>
        <translation>内核未列出针对它的过滤器。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>It reads and writes your chats, settings and exports. It is not confined, but none of its code opens an internet connection; the list would show one.</source>
        <translation>它读写您的聊天、设置和导出文件。它不受限制，但其代码不会打开互联网连接；若有，列表会显示出来。</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>Does not fit: needs %1 of memory, Ponder may use %2 more</source>
        <translation>装不下：需要 %1 内存，Ponder 还可使用 %2</translation>
    </message>
    <message>
        <source>Does not fit: needs %1 of memory, %2 are free</source>
        <translation>装不下：需要 %1 内存，空闲 %2</translation>
    </message>
    <message>
        <source>Fits. About %1 tokens a second</source>
        <translation>装得下，约每秒 %1 个词元</translation>
    </message>
    <message>
        <source>Fits. How fast it is will be known once this computer is measured</source>
        <translation>装得下。测量本机后即可知道速度</translation>
    </message>
    <message>
        <source>Automatic: %1 tokens of context, all that the model was trained for.</source>
        <translation>自动：%1 个词元的上下文，即模型训练的全部长度。</translation>
    </message>
    <message>
        <source>Automatic: %1 tokens of context, so that it takes at most a quarter of the free memory.</source>
        <translation>自动：%1 个词元的上下文，最多占空闲内存的四分之一。</translation>
    </message>
    <message>
        <source>All experts fit into memory.</source>
        <translation>全部专家都能放入内存。</translation>
    </message>
    <message>
        <source>%1 % of the experts fit into memory, the others are read from the disk when they are needed.</source>
        <translation>%1 % 的专家放入内存，其余在需要时从磁盘读取。</translation>
    </message>
    <message>
        <source>The experts are read from the disk when they are needed: the model is much larger than the free memory.</source>
        <translation>专家在需要时从磁盘读取：模型远大于空闲内存。</translation>
    </message>
    <message>
        <source>The weights take %1, the context of %2 tokens %3.</source>
        <translation>权重占 %1，%2 个词元的上下文占 %3。</translation>
    </message>
    <message>
        <source>%1 % of the experts in memory</source>
        <translation>内存中放 %1 % 的专家</translation>
    </message>
    <message>
        <source>a context of %1 tokens</source>
        <translation>%1 个词元的上下文</translation>
    </message>
    <message>
        <source>a context kept in 8 bits</source>
        <translation>以 8 位保存上下文</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>改用 %1</translation>
    </message>
    <message>
        <source> and </source>
        <comment>between two changes</comment>
        <translation>和</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>已用 %1 / %2</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>%1, read when they are needed</source>
        <translation>%1，需要时读取</translation>
    </message>
    <message>
        <source>Measured here: %1 and %2 tokens a second, with %3 predicted.</source>
        <translation>在此实测：%1，每秒 %2 个词元；预计 %3。</translation>
    </message>
    <message>
        <source>Predicted %1 and %2 tokens a second; measured here %3 and %4.</source>
        <translation>预计 %1、每秒 %2 个词元；在此实测 %3、%4。</translation>
    </message>
    <message>
        <source>This computer reads its memory at %1 GB/s, this disk at %2 GB/s.</source>
        <translation>本机内存读取 %1 GB/s，此磁盘 %2 GB/s。</translation>
    </message>
    <message>
        <source>This computer reads its memory at %1 GB/s.</source>
        <translation>本机内存读取 %1 GB/s。</translation>
    </message>
    <message>
        <source>The model was trained for %1 tokens; beyond them its answers get worse.</source>
        <translation>模型按 %1 个词元训练；超出后回答会变差。</translation>
    </message>
    <message>
        <source>This version computes on the processor; a graphics card is not used.</source>
        <translation>此版本在处理器上运算，不使用显卡。</translation>
    </message>
</context>
<context>
    <name>ProblemWords</name>
    <message>
        <source>Try again later.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>Check the link.</source>
        <translation>请检查链接。</translation>
    </message>
    <message>
        <source>Choose another folder and try again.</source>
        <translation>请选择其他文件夹后重试。</translation>
    </message>
    <message>
        <source>%1 sends Ponder to an address inside a private network, which is refused.</source>
        <translation>%1 将 Ponder 引向私有网络内的地址，已拒绝。</translation>
    </message>
    <message>
        <source>Take the file from another place.</source>
        <translation>请从其他地方获取该文件。</translation>
    </message>
    <message>
        <source>%1 sends Ponder to a place that is not safe (no https).</source>
        <translation>%1 将 Ponder 引向不安全的地址（非 https）。</translation>
    </message>
    <message>
        <source>%1 sent a web page instead of the model.</source>
        <translation>%1 发送的是网页而不是模型。</translation>
    </message>
    <message>
        <source>Open the link in a browser: it may ask you to sign in or to accept a licence.</source>
        <translation>请在浏览器中打开链接：可能需要登录或接受许可证。</translation>
    </message>
    <message>
        <source>%1 sent a note about the file (a Git LFS pointer) instead of the model.</source>
        <translation>%1 发送的是文件的指针（Git LFS），而不是模型。</translation>
    </message>
    <message>
        <source>Use the link of the file&apos;s download button.</source>
        <translation>请使用该文件下载按钮的链接。</translation>
    </message>
    <message>
        <source>%1 sent something that is no model file.</source>
        <translation>%1 发送的内容不是模型文件。</translation>
    </message>
    <message>
        <source>The link does not begin with https://.</source>
        <translation>链接不是以 https:// 开头。</translation>
    </message>
    <message>
        <source>Use a link that does.</source>
        <translation>请使用以 https:// 开头的链接。</translation>
    </message>
    <message>
        <source>%1 cannot be found.</source>
        <translation>找不到 %1。</translation>
    </message>
    <message>
        <source>Check the link and your network connection.</source>
        <translation>请检查链接和网络连接。</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>无法连接 %1。</translation>
    </message>
    <message>
        <source>Check your network connection and try again.</source>
        <translation>请检查网络连接后重试。</translation>
    </message>
    <message>
        <source>%1 cannot prove that it is %1: its certificate is not valid.</source>
        <translation>%1 无法证明自己就是 %1：其证书无效。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date. If it is right, somebody may be listening: do not go on.</source>
        <translation>请检查本机日期。如果日期正确，可能有人在窃听：请勿继续。</translation>
    </message>
    <message>
        <source>%1 sends nothing, or next to nothing.</source>
        <translation>%1 几乎不发送任何数据。</translation>
    </message>
    <message>
        <source>Try again later. What has come is kept.</source>
        <translation>请稍后再试。已收到的部分会保留。</translation>
    </message>
    <message>
        <source>The connection to %1 breaks off again and again.</source>
        <translation>与 %1 的连接一再中断。</translation>
    </message>
    <message>
        <source>%1 sends Ponder from place to place without end.</source>
        <translation>%1 让 Ponder 不断跳转。</translation>
    </message>
    <message>
        <source>%1 does not give this file to everybody.</source>
        <translation>%1 不向所有人提供此文件。</translation>
    </message>
    <message>
        <source>Accept its licence on its web page, then set HF_TOKEN to your access token and start Ponder again.</source>
        <translation>请在其网页上接受许可证，将 HF_TOKEN 设为您的访问令牌，然后重启 Ponder。</translation>
    </message>
    <message>
        <source>%1 has no such file.</source>
        <translation>%1 没有这个文件。</translation>
    </message>
    <message>
        <source>%1 has been asked too often.</source>
        <translation>对 %1 的请求过于频繁。</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>请在 %n 分钟后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has a fault of its own (%2).</source>
        <translation>%1 自身出现故障（%2）。</translation>
    </message>
    <message>
        <source>%1 does not say how large the file is, so it could not be told whole from cut off.</source>
        <translation>%1 没有说明文件大小，无法判断是否完整。</translation>
    </message>
    <message>
        <source>%1 sends a file of another size than its publisher names.</source>
        <translation>%1 发送的文件大小与发布者所述不符。</translation>
    </message>
    <message>
        <source>Try again later. If it stays, take the file from another place.</source>
        <translation>请稍后再试。若仍如此，请从其他地方获取该文件。</translation>
    </message>
    <message>
        <source>The file that %1 sent is not the one that was expected: its SHA-256 differs.</source>
        <translation>%1 发送的文件不是预期的文件：SHA-256 不同。</translation>
    </message>
    <message>
        <source>It was thrown away. Try again; if it stays, take the file from another place.</source>
        <translation>文件已丢弃。请重试；若仍如此，请从其他地方获取。</translation>
    </message>
    <message>
        <source>%1 sends the file packed, though it was asked not to.</source>
        <translation>%1 不顾请求发送了压缩的文件。</translation>
    </message>
    <message>
        <source>%1 answers in a way that Ponder does not understand.</source>
        <translation>Ponder 无法理解 %1 的回答。</translation>
    </message>
    <message>
        <source>The disk is too full: %1 are missing.</source>
        <translation>磁盘空间不足：还差 %1。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder. What has come is kept.</source>
        <translation>请腾出空间或选择其他文件夹。已收到的部分会保留。</translation>
    </message>
    <message>
        <source>The folder for the model is not there.</source>
        <translation>用于存放模型的文件夹不存在。</translation>
    </message>
    <message>
        <source>The folder for the model cannot be written (%1).</source>
        <translation>无法写入模型文件夹（%1）。</translation>
    </message>
    <message>
        <source>Another file named %1 is there already.</source>
        <translation>已有另一个名为 %1 的文件。</translation>
    </message>
    <message>
        <source>Move it away or choose another folder. Nothing was changed.</source>
        <translation>请移走它或选择其他文件夹。未作任何更改。</translation>
    </message>
    <message>
        <source>Where the model should go lies a link, or something that is no file.</source>
        <translation>模型的目标位置是链接或非文件。</translation>
    </message>
    <message>
        <source>Another Ponder is downloading this file.</source>
        <translation>另一个 Ponder 正在下载此文件。</translation>
    </message>
    <message>
        <source>Wait for it, or end it there.</source>
        <translation>请等待其完成，或在那里结束它。</translation>
    </message>
    <message>
        <source>%1 holds no GGUF file.</source>
        <translation>%1 中没有 GGUF 文件。</translation>
    </message>
    <message>
        <source>Look for a repository whose name ends in GGUF.</source>
        <translation>请查找名称以 GGUF 结尾的仓库。</translation>
    </message>
    <message>
        <source>%1 holds several models, and none of them was named.</source>
        <translation>%1 含有多个模型，未指定其中任何一个。</translation>
    </message>
    <message>
        <source>Choose one of them.</source>
        <translation>请选择其中一个。</translation>
    </message>
    <message>
        <source>The list of files that %1 sent cannot be read.</source>
        <translation>无法读取 %1 发送的文件列表。</translation>
    </message>
    <message>
        <source>Try again later, or use the link of the file itself.</source>
        <translation>请稍后再试，或使用文件本身的链接。</translation>
    </message>
    <message>
        <source>Nothing can be downloaded: the program ponder-fetch is missing.</source>
        <translation>无法下载：缺少程序 ponder-fetch。</translation>
    </message>
    <message>
        <source>Install Ponder again.</source>
        <translation>请重新安装 Ponder。</translation>
    </message>
    <message>
        <source>The program that downloads, ponder-fetch, ended unexpectedly.</source>
        <translation>下载程序 ponder-fetch 意外结束。</translation>
    </message>
    <message>
        <source>Try again. What has come is kept.</source>
        <translation>请重试。已收到的部分会保留。</translation>
    </message>
    <message>
        <source>The download was asked for wrongly.</source>
        <translation>下载请求有误。</translation>
    </message>
    <message>
        <source>Report this, with the link you used.</source>
        <translation>请附上所用链接报告此问题。</translation>
    </message>
    <message>
        <source>The link is no GGUF file: its name does not end in .gguf.</source>
        <translation>该链接不是 GGUF 文件：名称不以 .gguf 结尾。</translation>
    </message>
    <message>
        <source>Use the link of such a file, or of a repository on Hugging Face.</source>
        <translation>请使用此类文件或 Hugging Face 仓库的链接。</translation>
    </message>
    <message>
        <source>This is no link to a model.</source>
        <translation>这不是模型的链接。</translation>
    </message>
    <message>
        <source>Use a link of Hugging Face, a name like Qwen/Qwen3-4B-GGUF, or an https link that ends in .gguf.</source>
        <translation>请使用 Hugging Face 链接、形如 Qwen/Qwen3-4B-GGUF 的名称，或以 .gguf 结尾的 https 链接。</translation>
    </message>
    <message>
        <source>Take the file from another place, or ask its publisher.</source>
        <translation>请从其他地方获取该文件，或询问其发布者。</translation>
    </message>
</context>
<context>
    <name>ReasoningBlock</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>Reasoning…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Reasoning… %1</source>
        <translation>正在思考… %1</translation>
    </message>
    <message>
        <source>Reasoned for %1</source>
        <translation>思考了 %1</translation>
    </message>
    <message>
        <source>Reasoned</source>
        <translation>已思考</translation>
    </message>
    <message>
        <source>Answer now</source>
        <translation>立即回答</translation>
    </message>
    <message>
        <source>Edit the thought and go on from it</source>
        <translation>编辑思考并由此继续</translation>
    </message>
</context>
<context>
    <name>SettingRows</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of Ponder&apos;s words; models answer in the language you write. Takes effect at the next start.</source>
        <translation>Ponder 界面的语言；模型会用您书写的语言回答。下次启动时生效。</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>发送键</translation>
    </message>
    <message>
        <source>The other key begins a new line.</source>
        <translation>另一个键用于换行。</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Notify me of long answers</source>
        <translation>长回答完成时通知我</translation>
    </message>
    <message>
        <source>When an answer took over ten seconds and the window is not in front.</source>
        <translation>当回答耗时超过十秒且窗口不在前台时。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>The desktop&apos;s choice is followed while Ponder runs.</source>
        <translation>运行期间会跟随桌面的选择。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>In pixels, from 12 to 24. Everything else grows along.</source>
        <translation>以像素为单位，12 到 24。其他内容随之缩放。</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Reduced: nothing slides or pulses.</source>
        <translation>减弱：没有滑动或闪动。</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>减弱</translation>
    </message>
    <message>
        <source>Wrap long lines of code</source>
        <translation>长代码行自动换行</translation>
    </message>
    <message>
        <source>Otherwise they scroll sideways; each block also has a switch.</source>
        <translation>否则可横向滚动；每个代码块也有单独的开关。</translation>
    </message>
    <message>
        <source>Let the model name chats</source>
        <translation>由模型命名聊天</translation>
    </message>
    <message>
        <source>After the first answer, in the background. Otherwise your first words are the title.</source>
        <translation>在第一次回答之后于后台进行。否则以您的开头几个字为标题。</translation>
    </message>
    <message>
        <source>Show the model its earlier thoughts</source>
        <translation>向模型展示先前的思考</translation>
    </message>
    <message>
        <source>Most models answer better, and longer, without them.</source>
        <translation>大多数模型在没有它们时回答得更好、更长久。</translation>
    </message>
    <message>
        <source>Go on with long chats at once</source>
        <translation>立即继续长对话</translation>
    </message>
    <message>
        <source>What a model has worked out of a chat stays on the disk, so that it need not read it again. It can be read back like the chat; it goes with the chat, and all of it when this is switched off.</source>
        <translation>模型从对话中计算出的内容会留在磁盘上，这样就不必重新读取对话。它可以像对话一样被还原；对话删除时它也会删除，关闭此项时全部删除。</translation>
    </message>
    <message>
        <source>snapshot cache disk privacy</source>
        <translation>快照 缓存 磁盘 隐私</translation>
    </message>
    <message>
        <source>Instructions for every chat</source>
        <translation>所有聊天的指示</translation>
    </message>
    <message>
        <source>What the model is told before a chat begins.</source>
        <translation>聊天开始前告诉模型的内容。</translation>
    </message>
    <message>
        <source>For example: Answer briefly.</source>
        <translation>例如：请简短回答。</translation>
    </message>
    <message>
        <source>Folders with models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Beside those of LM Studio, Ollama and Hugging Face, which are found by themselves. Nothing is copied or moved.</source>
        <translation>LM Studio、Ollama 和 Hugging Face 的文件夹会自动找到。不会复制或移动任何文件。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Higher answers vary more; 0 always takes the likeliest word.</source>
        <translation>越高变化越多；0 总是选择最可能的词。</translation>
    </message>
    <message>
        <source>As the model wants</source>
        <translation>由模型决定</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Only the likeliest words that make up this share are considered.</source>
        <translation>只考虑累计达到该比例的最可能的词。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>In tokens, thoughts included; a token is about four letters.</source>
        <translation>以词元计，包含思考；一个词元约四个字母。</translation>
    </message>
    <message>
        <source>Until it is done</source>
        <translation>直到完成</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>How many tokens of a chat the model sees. More needs more memory.</source>
        <translation>模型能看到多少词元的聊天内容。越多越占内存。</translation>
    </message>
    <message>
        <source>As memory allows</source>
        <translation>视内存而定</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <source>Fewer leave more of the computer for other programs.</source>
        <translation>越少，留给其他程序的资源越多。</translation>
    </message>
    <message>
        <source>One a core</source>
        <translation>每核一个</translation>
    </message>
    <message>
        <source>Free the memory when idle</source>
        <translation>空闲时释放内存</translation>
    </message>
    <message>
        <source>After this many minutes; the next message loads the model again.</source>
        <translation>经过此分钟数后；下一条消息会重新加载模型。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>When a chat becomes too long</source>
        <translation>聊天过长时</translation>
    </message>
    <message>
        <source>What is done when it no longer fits into the model&apos;s context. Nothing is deleted from the chat.</source>
        <translation>当聊天超出模型的上下文时如何处理。聊天内容不会被删除。</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>询问我</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>省略最早的消息</translation>
    </message>
    <message>
        <source>Summarise the oldest messages</source>
        <translation>总结最早的消息</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>翻译 英语 德语 中文</translation>
    </message>
    <message>
        <source>enter key</source>
        <translation>回车 按键</translation>
    </message>
    <message>
        <source>notification alert</source>
        <translation>通知 提醒</translation>
    </message>
    <message>
        <source>theme appearance dark mode</source>
        <translation>主题 外观 深色 模式</translation>
    </message>
    <message>
        <source>font letters zoom</source>
        <translation>字体 字号 缩放</translation>
    </message>
    <message>
        <source>animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>title rename</source>
        <translation>标题 重命名</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>思考 推理</translation>
    </message>
    <message>
        <source>system prompt</source>
        <translation>系统 提示词</translation>
    </message>
    <message>
        <source>directory path</source>
        <translation>目录 路径</translation>
    </message>
    <message>
        <source>randomness sampling</source>
        <translation>随机 采样</translation>
    </message>
    <message>
        <source>nucleus sampling</source>
        <translation>核采样 采样</translation>
    </message>
    <message>
        <source>limit length</source>
        <translation>上限 长度</translation>
    </message>
    <message>
        <source>context length window memory</source>
        <translation>上下文 长度 窗口 内存</translation>
    </message>
    <message>
        <source>CPU cores</source>
        <translation>CPU 核心 线程</translation>
    </message>
    <message>
        <source>unload RAM</source>
        <translation>卸载 内存</translation>
    </message>
</context>
<context>
    <name>ShownMessage</name>
    <message numerus="yes">
        <source>Above this line, the model sees a summary of %n message(s).</source>
        <translation>
            <numerusform>此线以上，模型看到的是 %n 条消息的摘要。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) above this line are not sent to the model: no summary could be written.</source>
        <translation>
            <numerusform>此线以上的 %n 条消息不会发送给模型：未能写出摘要。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) above this line are not sent to the model.</source>
        <translation>
            <numerusform>此线以上的 %n 条消息不会发送给模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped: the model&apos;s context is full.</source>
        <translation>已停止：模型的上下文已满。</translation>
    </message>
</context>
<context>
    <name>TableActions</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy table as Markdown</source>
        <translation>将表格复制为 Markdown</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Copy table as CSV</source>
        <translation>将表格复制为 CSV</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <source>Show more (%n row(s) are left)</source>
        <translation>
            <numerusform>展开（还有 %n 行）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more column(s)</source>
        <translation>
            <numerusform>还有 %n 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more row(s)</source>
        <translation>
            <numerusform>还有 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Too large to show all: %1</source>
        <translation>太大，无法全部显示：%1</translation>
    </message>
</context>
<context>
    <name>TokenFigure</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>≈ %Ln token(s)</source>
        <translation>
            <numerusform>≈ %Ln 词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln token(s)</source>
        <translation>
            <numerusform>约 %Ln 词元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VersionWords</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>版本 %1，共 %2</translation>
    </message>
</context>
<context>
    <name>ponder::app::AnswerDialogs</name>
    <message>
        <source>The model is being asked…</source>
        <translation>正在询问模型…</translation>
    </message>
    <message>
        <source>The model is not in memory. It is loaded with the next message, and can be asked then.</source>
        <translation>模型不在内存中。它会随下一条消息加载，届时即可询问。</translation>
    </message>
    <message>
        <source>Likelihoods are the model&apos;s own, before any setting of temperature or the like.</source>
        <translation>概率为模型自身的概率，未经温度等设置影响。</translation>
    </message>
</context>
<context>
    <name>ponder::app::AttachmentKeeper</name>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>At most %1 files go with one message.</source>
        <translation>一条消息最多附带 %1 个文件。</translation>
    </message>
    <message>
        <source>Send some of them first.</source>
        <translation>请先发送其中一部分。</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatController</name>
    <message>
        <source>Choose a model first.</source>
        <translation>请先选择模型。</translation>
    </message>
    <message>
        <source>Waiting for the answer in another chat.</source>
        <translation>正在等待另一个聊天的回答。</translation>
    </message>
    <message>
        <source>The engine stopped and has been started again.</source>
        <translation>引擎停止后已重新启动。</translation>
    </message>
    <message>
        <source>Press Continue to go on with the answer.</source>
        <translation>点击“继续”以接着回答。</translation>
    </message>
    <message>
        <source>Summarising the oldest messages…</source>
        <translation>正在总结最早的消息…</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatExporter</name>
    <message>
        <source>Export the chat</source>
        <translation>导出聊天</translation>
    </message>
    <message>
        <source>The chat was written to %1.</source>
        <translation>聊天已写入 %1。</translation>
    </message>
    <message>
        <source>Cancel export</source>
        <translation>取消导出</translation>
    </message>
    <message>
        <source>Markdown (*.md);;Web page (*.html);;PDF (*.pdf);;Text (*.txt);;Everything, for Ponder (*.json)</source>
        <translation>Markdown (*.md);;网页 (*.html);;PDF (*.pdf);;文本 (*.txt);;全部内容，供 Ponder 使用 (*.json)</translation>
    </message>
    <message>
        <source>Markdown files in a zip (*.zip)</source>
        <translation>zip 中的 Markdown 文件 (*.zip)</translation>
    </message>
    <message>
        <source>Web pages in a zip (*.zip)</source>
        <translation>zip 中的网页 (*.zip)</translation>
    </message>
    <message>
        <source>PDF files in a zip (*.zip)</source>
        <translation>zip 中的 PDF 文件 (*.zip)</translation>
    </message>
    <message>
        <source>Text files in a zip (*.zip)</source>
        <translation>zip 中的文本文件 (*.zip)</translation>
    </message>
    <message>
        <source>Everything, for Ponder (*.json)</source>
        <translation>全部内容，供 Ponder 使用 (*.json)</translation>
    </message>
    <message>
        <source>Export the chats</source>
        <translation>导出聊天</translation>
    </message>
    <message>
        <source>Writing chat %1 of %2…</source>
        <translation>正在写入第 %1 个聊天，共 %2 个…</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>没有导出任何内容。</translation>
    </message>
    <message>
        <source>The chat is not on the disk yet.</source>
        <translation>该聊天尚未保存到磁盘。</translation>
    </message>
    <message>
        <source>Send a message first.</source>
        <translation>请先发送一条消息。</translation>
    </message>
    <message>
        <source>%1 chats were written to %2.</source>
        <translation>已将 %1 个聊天写入 %2。</translation>
    </message>
    <message>
        <source>Ponder chats</source>
        <translation>Ponder 对话</translation>
    </message>
    <message>
        <source>There are no chats to export.</source>
        <translation>没有可导出的对话。</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatImporter</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>导入聊天</translation>
    </message>
    <message>
        <source>Exports (*.zip *.json *.jsonl);;All files (*)</source>
        <translation>导出文件 (*.zip *.json *.jsonl);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1: there is nothing new in this export.</source>
        <translation>%1：此导出中没有新内容。</translation>
    </message>
    <message>
        <source>1 chat to add</source>
        <translation>新增 1 个聊天</translation>
    </message>
    <message>
        <source>%1 chats to add</source>
        <translation>新增 %1 个聊天</translation>
    </message>
    <message>
        <source>%1 to continue</source>
        <translation>%1 个有后续</translation>
    </message>
    <message>
        <source>%1 there already</source>
        <translation>%1 个已存在</translation>
    </message>
    <message>
        <source>%1 in the trash</source>
        <translation>%1 个在回收站</translation>
    </message>
    <message>
        <source>%1 that cannot be read</source>
        <translation>%1 个无法读取</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>Chats that are open were left as they are; close them and import again.</source>
        <translation>打开的聊天保持不变；请关闭后重新导入。</translation>
    </message>
    <message>
        <source>1 chat came in.</source>
        <translation>已导入 1 个聊天。</translation>
    </message>
    <message>
        <source>%1 chats came in.</source>
        <translation>已导入 %1 个聊天。</translation>
    </message>
    <message>
        <source>Cancel import</source>
        <translation>取消导入</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1：%2%</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
</context>
<context>
    <name>ponder::app::ChatSaver</name>
    <message>
        <source>Everything is saved again.</source>
        <translation>已重新保存全部内容。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ponder::app::DesktopNotification</name>
    <message>
        <source>Open the chat</source>
        <translation>打开聊天</translation>
    </message>
</context>
<context>
    <name>ponder::app::DownloadController</name>
    <message>
        <source>A file of %1</source>
        <translation>%1 的文件</translation>
    </message>
</context>
<context>
    <name>ponder::app::LibraryController</name>
    <message numerus="yes">
        <source>Looking through %Ln file(s)…</source>
        <translation>
            <numerusform>正在查看 %Ln 个文件……</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看……</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) and folder(s) looked through. Changes are seen as they happen.</source>
        <translation>
            <numerusform>已查看 %Ln 个文件和文件夹。变化会立即看到。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::app::ModelCardController</name>
    <message>
        <source>Template of %1</source>
        <translation>%1 的模板</translation>
    </message>
    <message>
        <source>Jinja</source>
        <translation>Jinja</translation>
    </message>
</context>
<context>
    <name>ponder::app::ModelController</name>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>模型 (*.gguf);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ponder::app::PromptFitter</name>
    <message>
        <source>They are left out of this prompt instead.</source>
        <translation>此次提示改为省略这些消息。</translation>
    </message>
    <message>
        <source>The built-in model cannot summarise the oldest messages.</source>
        <translation>内置模型无法总结最早的消息。</translation>
    </message>
    <message>
        <source>The oldest messages could not be summarised.</source>
        <translation>无法总结最早的消息。</translation>
    </message>
    <message>
        <source>That leaves no room for an answer: you will be asked what to do.</source>
        <translation>这样没有空间写回答：发送时会询问你如何处理。</translation>
    </message>
    <message>
        <source>That leaves no room for an answer: nothing will be answered.</source>
        <translation>这样没有空间写回答：模型将不会回答。</translation>
    </message>
    <message>
        <source>The conversation has %1 tokens; with the answer that is more than the %2 of the model&apos;s context. Start a new chat, let the oldest messages be left out (in the settings of this chat), or give the model a longer context.</source>
        <translation>对话有 %1 词元，加上回答会超过模型上下文的 %2 词元。请新建聊天、在此聊天的设置中选择省略最早的消息，或为模型设置更长的上下文。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are left out because the context is full.</source>
        <translation>
            <numerusform>因上下文已满，省略了 %n 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>The model will summarise them first.</source>
        <translation>模型会先总结它们。</translation>
    </message>
</context>
<context>
    <name>ponder::app::RunningAnswers</name>
    <message>
        <source>The answer ended without a result. Try again.</source>
        <translation>回答没有结果就结束了。请重试。</translation>
    </message>
</context>
<context>
    <name>ponder::app::SummaryWriter</name>
    <message>
        <source>The context is too small for a summary.</source>
        <translation>上下文太小，无法写摘要。</translation>
    </message>
    <message>
        <source>The model wrote nothing.</source>
        <translation>模型没有写出任何内容。</translation>
    </message>
</context>
<context>
    <name>ponder::app::WindowProgram</name>
    <message>
        <source>The answer is there</source>
        <translation>回答已完成</translation>
    </message>
</context>
<context>
    <name>ponder::ui::AboutPart</name>
    <message>
        <source>All settings</source>
        <translation>所有设置</translation>
    </message>
    <message>
        <source>Puts every setting and every key back to its usual value. Chats and models stay.</source>
        <translation>将所有设置和快捷键恢复为默认值。聊天和模型保留。</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>重置所有设置</translation>
    </message>
    <message>
        <source>Ponder is a chat assistant that thinks on your own computer. It opens no connection to the network, and every chat stays in a file that belongs to you.</source>
        <translation>Ponder 是在您自己电脑上思考的聊天助手。它不打开任何网络连接，所有聊天都保存在属于您的文件中。</translation>
    </message>
    <message>
        <source>Version %1, MIT licence</source>
        <translation>版本 %1，MIT 许可证</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>%1: copy the path</source>
        <translation>%1：复制路径</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>%1: open the folder</source>
        <translation>%1：打开文件夹</translation>
    </message>
</context>
<context>
    <name>ponder::ui::AttachmentChip</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Enter opens it, Delete takes it away.</source>
        <translation>Enter 打开，Delete 移除。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Paste as text instead</source>
        <translation>改为粘贴为文本</translation>
    </message>
</context>
<context>
    <name>ponder::ui::AttachmentStrip</name>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Remove some, or attach them in a new chat.</source>
        <translation>请移除一些，或在新对话中添加它们。</translation>
    </message>
    <message>
        <source>Remove some, or choose a model with a longer context.</source>
        <translation>请移除一些，或选择上下文更长的模型。</translation>
    </message>
    <message>
        <source>%1 are attached, and this chat has room for %2.</source>
        <translation>已附加 %1，而此对话只能再容纳 %2 个。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::BranchMap</name>
    <message>
        <source>Versions of this chat</source>
        <translation>此聊天的版本</translation>
    </message>
    <message>
        <source>Messages and their versions</source>
        <translation>消息及其版本</translation>
    </message>
    <message>
        <source>Ctrl+click a second answer to compare two.</source>
        <translation>按住 Ctrl 点击第二个回答以比较两者。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ponder::ui::BranchRows</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 词元</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Answer: %1. %2</source>
        <translation>回答：%1。%2</translation>
    </message>
    <message>
        <source>You: %1. %2</source>
        <translation>你：%1。%2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::CardPart</name>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除……</translation>
    </message>
    <message>
        <source>Will it fit</source>
        <translation>装得下吗</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>基本情况</translation>
    </message>
    <message>
        <source>How its numbers are kept</source>
        <translation>数值的存储方式</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Show the template</source>
        <translation>显示模板</translation>
    </message>
    <message>
        <source>Show the prompt of the open chat</source>
        <translation>显示当前对话的提示词</translation>
    </message>
    <message>
        <source>Special tokens</source>
        <translation>特殊词元</translation>
    </message>
    <message>
        <source>Sampling the model asks for</source>
        <translation>模型建议的采样</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>内容相同</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s), exactly as the model would be given them</source>
        <translation>
            <numerusform>%Ln 个词元，与模型收到的完全一致</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatDelegate</name>
    <message>
        <source>Title of the chat</source>
        <translation>聊天标题</translation>
    </message>
    <message>
        <source>Chat menu</source>
        <translation>聊天菜单</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>文件夹名称</translation>
    </message>
    <message>
        <source>Folder menu</source>
        <translation>文件夹菜单</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatHeader</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>隐藏侧边栏</translation>
    </message>
    <message>
        <source>Show the sidebar</source>
        <translation>显示侧边栏</translation>
    </message>
    <message>
        <source>Temporary. Keep it</source>
        <translation>临时聊天。保留</translation>
    </message>
    <message>
        <source>Save this chat like any other</source>
        <translation>像其他聊天一样保存</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatListView</name>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message numerus="yes">
        <source>%n chats</source>
        <translation>
            <numerusform>%n 个聊天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatMenus</name>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>移出归档</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n chats</source>
        <translation>
            <numerusform>删除 %n 个聊天</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message numerus="yes">
        <source>Restore %n chats</source>
        <translation>
            <numerusform>恢复 %n 个聊天</numerusform>
        </translation>
    </message>
    <message>
        <source>Erase now…</source>
        <translation>立即清除…</translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats now…</source>
        <translation>
            <numerusform>立即清除 %n 个聊天…</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>移到文件夹</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>无文件夹</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新文件夹…</translation>
    </message>
    <message>
        <source>New chat here</source>
        <translation>在此新建聊天</translation>
    </message>
    <message>
        <source>Delete the folder, keep its chats</source>
        <translation>删除文件夹，保留聊天</translation>
    </message>
    <message numerus="yes">
        <source>Export %n chats…</source>
        <translation>
            <numerusform>导出 %n 个对话…</numerusform>
        </translation>
    </message>
    <message>
        <source>Export its chats…</source>
        <translation>导出其中的对话…</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatOptionsDialog</name>
    <message>
        <source>This chat</source>
        <translation>此对话</translation>
    </message>
    <message>
        <source>Settings of this chat</source>
        <translation>此对话的设置</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Delete a preset</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>存为预设…</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>A name for these settings</source>
        <translation>为这些设置命名</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChatRows</name>
    <message>
        <source>, open</source>
        <translation>，已打开</translation>
    </message>
    <message>
        <source>, being answered</source>
        <translation>，正在回答</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <comment>left until it is erased</comment>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>1 chat</source>
        <translation>1 个聊天</translation>
    </message>
    <message numerus="yes">
        <source>%n chats</source>
        <translation>
            <numerusform>%n 个聊天</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, folder, closed, %2</source>
        <translation>%1，文件夹，已折叠，%2</translation>
    </message>
    <message>
        <source>%1, folder, open, %2</source>
        <translation>%1，文件夹，已展开，%2</translation>
    </message>
    <message>
        <source>, erased in %1</source>
        <translation>，%1后清除</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ChoiceButton</name>
    <message>
        <source>%1: %2</source>
        <comment>setting, value</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Comparison</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 词元</translation>
    </message>
    <message>
        <source>%1 of them thoughts</source>
        <translation>其中 %1 为思考</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Two versions</source>
        <translation>两个版本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Composer</name>
    <message>
        <source>Message the model</source>
        <translation>给模型发消息</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Let the model think before it answers</source>
        <translation>让模型先思考再回答</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Write a message first.</source>
        <translation>请先写一条消息。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>发送（Enter）</translation>
    </message>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation>发送（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止（Esc）</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 词元/秒</translation>
    </message>
    <message>
        <source>%1 of %2 tokens used</source>
        <translation>已用 %1 / %2 词元</translation>
    </message>
    <message>
        <source>Runs on this computer.</source>
        <translation>在此电脑上运行。</translation>
    </message>
    <message>
        <source>Sent when the answer is there.</source>
        <translation>回答完成后发送。</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>A file is still being read.</source>
        <translation>仍在读取文件。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ContextQuestion</name>
    <message>
        <source>This chat no longer fits into the model&apos;s context.</source>
        <translation>此聊天已超出模型的上下文。</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>省略最早的消息</translation>
    </message>
    <message>
        <source>They stay in the chat; the model does not see them any more.</source>
        <translation>它们仍保留在聊天中，但模型不再看到它们。</translation>
    </message>
    <message>
        <source>Summarise the oldest messages</source>
        <translation>总结最早的消息</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>The model answers nothing more in this chat.</source>
        <translation>模型在此聊天中不再回答。</translation>
    </message>
    <message>
        <source>The model writes a summary, and sees that instead of the messages.</source>
        <translation>模型会写一份摘要，之后看到的是摘要而不是这些消息。</translation>
    </message>
    <message>
        <source>The built-in model is too small for that. Choose another one.</source>
        <translation>内置模型太小，无法做到。请选择其他模型。</translation>
    </message>
    <message>
        <source>Do this in all chats</source>
        <translation>所有聊天都这样处理</translation>
    </message>
    <message>
        <source>The next prompt has %1 tokens; with its answer, the context holds %2. Your choice is for this chat from now on, and can be changed in its settings.</source>
        <translation>下一个提示有 %1 词元；连同回答，上下文可容纳 %2 词元。此选择从现在起对此聊天有效，可在其设置中更改。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::DialogLine</name>
    <message>
        <source>Back to the usual value</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>%1: back to the usual value</source>
        <translation>%1：恢复默认值</translation>
    </message>
</context>
<context>
    <name>ponder::ui::DownloadCard</name>
    <message>
        <source>Download this one sooner</source>
        <translation>优先下载</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Show the model</source>
        <translation>显示模型</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download %1 sooner</source>
        <translation>优先下载 %1</translation>
    </message>
    <message>
        <source>Take this line off the list; the model stays</source>
        <translation>从列表移除此行；模型保留</translation>
    </message>
    <message>
        <source>Cancel; what has arrived is deleted</source>
        <translation>取消；已下载的部分会被删除</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>将 %1 从列表移除</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>取消 %1</translation>
    </message>
</context>
<context>
    <name>ponder::ui::DownloadsPart</name>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1</translation>
    </message>
    <message>
        <source>Speed limit</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Nothing is being downloaded. Models can be found under “Get a model”.</source>
        <translation>没有正在进行的下载。可在“获取模型”中找到模型。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::EmptyPage</name>
    <message>
        <source>Open a model file…</source>
        <translation>打开模型文件…</translation>
    </message>
    <message>
        <source>Ponder needs a model</source>
        <translation>Ponder 需要一个模型</translation>
    </message>
    <message>
        <source>A model is a file that ends in .gguf. Ponder runs it on this computer, without the network.</source>
        <translation>模型是以 .gguf 结尾的文件。Ponder 在此电脑上运行它，无需网络。</translation>
    </message>
    <message>
        <source>Models of LM Studio, Ollama and the Hugging Face cache are found by themselves.</source>
        <translation>LM Studio、Ollama 和 Hugging Face 缓存中的模型会自动找到。</translation>
    </message>
    <message>
        <source>What shall we work out?</source>
        <translation>我们来算点什么？</translation>
    </message>
    <message>
        <source>The starter model thinks step by step, here on your computer. It is small: sums, sorting, letters and little puzzles are its world.</source>
        <translation>入门模型在您的电脑上逐步思考。它很小：算术、排序、字母和小谜题是它的天地。</translation>
    </message>
    <message>
        <source>What is 347 + 588?</source>
        <translation>What is 347 + 588?</translation>
    </message>
    <message>
        <source>Sort 42, 7, 19 and 3, smallest first</source>
        <translation>Sort 42, 7, 19 and 3, smallest first</translation>
    </message>
    <message>
        <source>How many r&apos;s are in strawberry?</source>
        <translation>How many r&apos;s are in strawberry?</translation>
    </message>
    <message>
        <source>I had 42 pens and lost 8. How many are left?</source>
        <translation>I had 42 pens and lost 8. How many are left?</translation>
    </message>
    <message>
        <source>What shall we think about?</source>
        <translation>我们来想点什么？</translation>
    </message>
    <message>
        <source>The model runs on this computer. What you write stays here.</source>
        <translation>模型在此电脑上运行。您写的内容不会离开这里。</translation>
    </message>
    <message>
        <source>Explain how a suspension bridge carries its load</source>
        <translation>解释悬索桥如何承受载荷</translation>
    </message>
    <message>
        <source>What is 17% of 2,340? Show each step</source>
        <translation>2340 的 17% 是多少？请写出每一步</translation>
    </message>
    <message>
        <source>Write a script that renames photos by date</source>
        <translation>写一个按日期重命名照片的脚本</translation>
    </message>
    <message>
        <source>Plan three dinners that need no fridge</source>
        <translation>规划三顿不需要冰箱的晚餐</translation>
    </message>
    <message>
        <source>A file that ends in .gguf</source>
        <translation>以 .gguf 结尾的文件</translation>
    </message>
    <message>
        <source>For everything else, open a model of your own with %1.</source>
        <translation>其他用途请按 %1 打开您自己的模型。</translation>
    </message>
    <message>
        <source>A temporary chat</source>
        <translation>临时聊天</translation>
    </message>
    <message>
        <source>Nothing of it is written to the disk. It is gone when you leave it, unless you choose “Keep” above.</source>
        <translation>内容不会写入磁盘。离开后即消失，除非选择上方的“保留”。</translation>
    </message>
    <message>
        <source>Get a larger model</source>
        <translation>获取更大的模型</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>获取模型</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FileDrop</name>
    <message>
        <source>Drop files here</source>
        <translation>将文件拖放到此处</translation>
    </message>
    <message>
        <source>Drop files to attach them</source>
        <translation>拖放文件以附加</translation>
    </message>
    <message>
        <source>Text, source code and PDF</source>
        <translation>文本、源代码和 PDF</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Upper and lower case matter</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FindLine</name>
    <message>
        <source>Find in this text</source>
        <translation>在此文本中查找</translation>
    </message>
    <message>
        <source>Previous (Shift+Enter)</source>
        <translation>上一处（Shift+Enter）</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>下一处（Enter）</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FolderList</name>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Take this folder off the list</source>
        <translation>从列表中移除此文件夹</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>从列表中移除 %1</translation>
    </message>
    <message>
        <source>Add a folder with models</source>
        <translation>添加模型文件夹</translation>
    </message>
</context>
<context>
    <name>ponder::ui::FoldersPart</name>
    <message>
        <source>Where Ponder looks</source>
        <translation>Ponder 查找的位置</translation>
    </message>
    <message>
        <source>Models are used where they are. Nothing is copied, renamed or written there.</source>
        <translation>模型在原处使用，不会复制、改名或写入任何内容。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹……</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>note, path</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Take this folder off the list; nothing in it changes</source>
        <translation>将此文件夹从列表移除；其中内容不变</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>将 %1 从列表移除</translation>
    </message>
    <message>
        <source>Add a folder with models</source>
        <translation>添加存放模型的文件夹</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Formulas</name>
    <message>
        <source>This formula is too long to be drawn.</source>
        <translation>此公式太长，无法绘制。</translation>
    </message>
    <message>
        <source>This formula takes too long to be drawn.</source>
        <translation>绘制此公式耗时过长。</translation>
    </message>
    <message>
        <source>This formula could not be read. Its source is shown.</source>
        <translation>无法读取此公式，显示其源代码。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::HashLine</name>
    <message>
        <source>Computing the SHA-256</source>
        <translation>正在计算 SHA-256</translation>
    </message>
    <message>
        <source>Reads the whole file and compares it with what its source says</source>
        <translation>读取整个文件并与来源所述比较</translation>
    </message>
    <message>
        <source>No SHA-256 yet</source>
        <translation>尚无 SHA-256</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>The SHA-256 is not known yet.</source>
        <translation>尚未计算 SHA-256。</translation>
    </message>
    <message>
        <source>Waits for another file to be read.</source>
        <translation>等待另一个文件读完。</translation>
    </message>
    <message>
        <source>Reading the file: %1 %</source>
        <translation>正在读取文件：%1 %</translation>
    </message>
    <message>
        <source>Verified: the same as %1.</source>
        <translation>已核对：与%1一致。</translation>
    </message>
    <message>
        <source>Damaged or changed: not the same as %1. Download it again.</source>
        <translation>已损坏或被更改：与%1不一致。请重新下载。</translation>
    </message>
    <message>
        <source>There is nothing here to compare it with.</source>
        <translation>没有可供比较的依据。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::KeyButton</name>
    <message>
        <source>Change the keys</source>
        <translation>更改快捷键</translation>
    </message>
    <message>
        <source>Press the keys…</source>
        <translation>请按键…</translation>
    </message>
    <message>
        <source>%1: press the new keys</source>
        <translation>%1：请按新的快捷键</translation>
    </message>
    <message>
        <source>None</source>
        <comment>no key</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>command, keys</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LedgerDialog</name>
    <message>
        <source>The exact prompt</source>
        <translation>完整提示</translation>
    </message>
    <message>
        <source>The tokens of the prompt</source>
        <translation>提示的词元</translation>
    </message>
    <message>
        <source>What the model will see</source>
        <translation>模型将看到的内容</translation>
    </message>
    <message>
        <source>Part of the context that is used</source>
        <translation>已用的上下文</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Exact prompt</source>
        <translation>完整提示</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Messages of the next prompt</source>
        <translation>下一个提示的消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 of %2 tokens. %3 of them are the template&apos;s own, %4 need not be read again.</source>
        <translation>%1 / %2 个词元。其中 %3 个属于模板本身，%4 个无需重新读取。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LibraryList</name>
    <message>
        <source>Models on this computer</source>
        <translation>本机上的模型</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LibraryPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Back to the chat (Esc)</source>
        <translation>返回对话 (Esc)</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Search the models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>文件夹……</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>全部模型</translation>
    </message>
    <message>
        <source>No models were found.</source>
        <translation>没有找到模型。</translation>
    </message>
    <message>
        <source>No model is called that.</source>
        <translation>没有这样的模型。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloads (%1)</source>
        <translation>下载 (%1)</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LinkDialog</name>
    <message>
        <source>Open this link?</source>
        <translation>打开此链接？</translation>
    </message>
    <message>
        <source>This link cannot be opened</source>
        <translation>无法打开此链接</translation>
    </message>
    <message>
        <source>It leaves Ponder and opens in your browser or mail program.</source>
        <translation>它将离开 Ponder，在浏览器或邮件程序中打开。</translation>
    </message>
    <message>
        <source>Ponder opens web and mail addresses only.</source>
        <translation>Ponder 只打开网页和邮件地址。</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>ponder::ui::LoadingCard</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop loading the model</source>
        <translation>停止加载模型</translation>
    </message>
    <message>
        <source>Loading %1</source>
        <translation>正在加载 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>, %n second(s) left</source>
        <translation>
            <numerusform>，还剩 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n minute(s) left</source>
        <translation>
            <numerusform>，还剩 %n 分钟</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::MainWindow</name>
    <message>
        <source>Ponder</source>
        <translation>Ponder</translation>
    </message>
    <message>
        <source>%1 – Ponder</source>
        <translation>%1 – Ponder</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ModelPicker</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>此电脑上的模型</translation>
    </message>
    <message>
        <source>No models found yet.</source>
        <translation>尚未找到模型。</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>打开模型文件…</translation>
    </message>
    <message>
        <source>Unload from memory</source>
        <translation>从内存中卸载</translation>
    </message>
    <message>
        <source>Frees the memory; the next message loads the model again</source>
        <translation>释放内存；下一条消息会重新加载模型</translation>
    </message>
    <message>
        <source>A file that ends in .gguf</source>
        <translation>以 .gguf 结尾的文件</translation>
    </message>
    <message>
        <source>All models…</source>
        <translation>全部模型……</translation>
    </message>
    <message>
        <source>What they are, whether they fit, and new ones</source>
        <translation>它们是什么、能否装下，以及新模型</translation>
    </message>
</context>
<context>
    <name>ponder::ui::NoticeCard</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>隐藏详情</translation>
    </message>
</context>
<context>
    <name>ponder::ui::OfferCard</name>
    <message>
        <source>%1 by %2</source>
        <comment>model, publisher</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Is here</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>%1 is here</source>
        <translation>%1 已在本机</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>下载 %1</translation>
    </message>
</context>
<context>
    <name>ponder::ui::OffersPart</name>
    <message>
        <source>From a link</source>
        <translation>来自链接</translation>
    </message>
    <message>
        <source>A repository or a file on Hugging Face, or any https address of a GGUF file.</source>
        <translation>Hugging Face 上的仓库或文件，或任意 GGUF 文件的 https 地址。</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>正在查看</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>下载 %1</translation>
    </message>
    <message>
        <source>This list came with Ponder and is signed. Looking at it contacts nobody; a download contacts huggingface.co.</source>
        <translation>此列表随 Ponder 附带并经签名。浏览它不会联系任何人；下载会联系 huggingface.co。</translation>
    </message>
    <message>
        <source>Suggested models</source>
        <translation>推荐的模型</translation>
    </message>
</context>
<context>
    <name>ponder::ui::OfflinePart</name>
    <message>
        <source>Ponder needs no network. Do not take our word for it: below is what the system&apos;s kernel says about Ponder&apos;s processes right now.</source>
        <translation>Ponder 不需要网络。不必只听我们说：下面是系统内核此刻对 Ponder 各进程的说明。</translation>
    </message>
    <message>
        <source>Internet sockets open now</source>
        <translation>当前打开的互联网套接字</translation>
    </message>
    <message>
        <source>Asking the kernel…</source>
        <translation>正在询问内核…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开的文件</translation>
    </message>
    <message>
        <source>None, at %1.</source>
        <translation>无（%1）。</translation>
    </message>
    <message numerus="yes">
        <source>%n, at %1. They are listed below.</source>
        <translation>
            <numerusform>%n 个（%1）。列于下方。</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <comment>no sockets, no files</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>%1, process %2</source>
        <translation>%1，进程 %2</translation>
    </message>
    <message>
        <source>It shields its memory, so the kernel lists its files and sockets to no other program of yours. Without network calls it cannot have opened a socket.</source>
        <translation>它屏蔽了自己的内存，因此内核不会向其他程序列出其文件和套接字。没有网络调用，它不可能打开套接字。</translation>
    </message>
    <message>
        <source>Internet sockets</source>
        <translation>互联网套接字</translation>
    </message>
    <message>
        <source>Sockets to programs on this computer</source>
        <translation>与此电脑上程序通信的套接字</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PageHeader</name>
    <message>
        <source>Hide the sidebar (Ctrl+B)</source>
        <translation>隐藏侧边栏 (Ctrl+B)</translation>
    </message>
    <message>
        <source>Show the sidebar (Ctrl+B)</source>
        <translation>显示侧边栏 (Ctrl+B)</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Palette</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Recent chats</source>
        <translation>最近的对话</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Find chats, messages, actions and settings</source>
        <translation>查找对话、消息、操作和设置</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Enter opens, Ctrl+Enter shows all messages, Esc closes</source>
        <translation>Enter 打开，Ctrl+Enter 显示所有消息，Esc 关闭</translation>
    </message>
    <message>
        <source>Search all messages for “%1”</source>
        <translation>在所有消息中搜索“%1”</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlaceHeader</name>
    <message>
        <source>Empty trash</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Leave the trash</source>
        <translation>离开回收站</translation>
    </message>
    <message>
        <source>Leave the archive</source>
        <translation>离开归档</translation>
    </message>
    <message>
        <source>Deleted chats are erased after 30 days.</source>
        <translation>已删除的聊天会在 30 天后清除。</translation>
    </message>
    <message>
        <source>Out of the way, and found by the search.</source>
        <translation>收起来了，仍可搜索到。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlanBar</name>
    <message>
        <source>Other programs</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>工作内存</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlanControl</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Ponder chooses by the memory that is free</source>
        <translation>Ponder 按空闲内存选择</translation>
    </message>
    <message>
        <source>%1: automatic</source>
        <translation>%1：自动</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PlanPart</name>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Experts in memory from the start</source>
        <translation>一开始就放入内存的专家</translation>
    </message>
    <message>
        <source>What the context is kept in</source>
        <translation>上下文的保存方式</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Takes about two seconds</source>
        <translation>约需两秒</translation>
    </message>
    <message>
        <source>8 bits: half the memory</source>
        <translation>8 位：内存减半</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>Measuring this computer…</source>
        <translation>正在测量本机……</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation>自动：%1</translation>
    </message>
</context>
<context>
    <name>ponder::ui::PromptView</name>
    <message>
        <source>The exact prompt</source>
        <translation>确切的提示词</translation>
    </message>
</context>
<context>
    <name>ponder::ui::QueueStrip</name>
    <message>
        <source>Send the next one</source>
        <translation>发送下一条</translation>
    </message>
    <message>
        <source>Waiting messages</source>
        <translation>等待中的消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) to send when the answer is there</source>
        <translation>
            <numerusform>回答完成后将发送 %n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) waiting</source>
        <translation>
            <numerusform>%n 条消息等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>Send it earlier</source>
        <translation>提前发送</translation>
    </message>
    <message>
        <source>Put it back to write on</source>
        <translation>取回继续编辑</translation>
    </message>
    <message>
        <source>Do not send it</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>With %1</source>
        <translation>附带 %1</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SearchFilters</name>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>自 %1</translation>
    </message>
    <message>
        <source>Before %1</source>
        <translation>%1 之前</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>My messages</source>
        <translation>我的消息</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Any model</source>
        <translation>任何模型</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SearchPage</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
    <message>
        <source>Messages found</source>
        <translation>找到的消息</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>关闭搜索（Esc）</translation>
    </message>
    <message numerus="yes">
        <source>More than %n message(s)</source>
        <translation>
            <numerusform>超过 %n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Search in all your chats</source>
        <translation>在所有对话中搜索</translation>
    </message>
    <message>
        <source>Every word must be in the message. “Quotes” find words that follow one another, and a star after the beginning of a word finds every word that begins so.</source>
        <translation>消息须包含每个词。“引号”查找相连的词，词首后加星号可查找以此开头的所有词。</translation>
    </message>
    <message>
        <source>This cannot be searched for</source>
        <translation>无法搜索此内容</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>未找到任何内容</translation>
    </message>
    <message>
        <source>Try fewer words, or take a filter away.</source>
        <translation>请减少关键词或移除筛选条件。</translation>
    </message>
    <message>
        <source>Untitled chat</source>
        <translation>未命名对话</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>No setting is called so. Try another word.</source>
        <translation>没有这样的设置。请换个词试试。</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Model and answers</source>
        <translation>模型与回答</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Offline proof</source>
        <translation>离线证明</translation>
    </message>
    <message>
        <source>Your data and about</source>
        <translation>数据与关于</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ShareTable</name>
    <message>
        <source>%1: %2 %, %3</source>
        <translation>%1：%2 %，%3</translation>
    </message>
    <message>
        <source>Types of numbers</source>
        <translation>数值类型</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改快捷键…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ponder::ui::ShortcutsPart</name>
    <message>
        <source>%1 is taken by “%2”. Choose other keys, or change those first.</source>
        <translation>%1 已被“%2”占用。请选择其他按键，或先更改它。</translation>
    </message>
</context>
<context>
    <name>ponder::ui::SideSplit</name>
    <message>
        <source>Drag to change the width</source>
        <translation>拖动以调整宽度</translation>
    </message>
</context>
<context>
    <name>ponder::ui::Sidebar</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>过去 7 天</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>侧边栏</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新聊天</translation>
    </message>
    <message>
        <source>Your chats will be listed here. They stay on this computer.</source>
        <translation>您的聊天会列在这里，并只保存在此电脑上。</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>回收站是空的。</translation>
    </message>
    <message>
        <source>Nothing is in the archive. A chat&apos;s menu puts it here.</source>
        <translation>归档是空的。可从聊天的菜单移到这里。</translation>
    </message>
    <message>
        <source>Deleted “%1”</source>
        <translation>已删除“%1”</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n chats</source>
        <translation>
            <numerusform>已删除 %n 个聊天</numerusform>
        </translation>
    </message>
    <message>
        <source>Archived “%1”</source>
        <translation>已归档“%1”</translation>
    </message>
    <message numerus="yes">
        <source>Archived %n chats</source>
        <translation>
            <numerusform>已归档 %n 个聊天</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted the folder “%1”</source>
        <translation>已删除文件夹“%1”</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新文件夹</translation>
    </message>
    <message>
        <source>New folder %1</source>
        <translation>新文件夹 %1</translation>
    </message>
    <message>
        <source>Erase “%1” for good?</source>
        <translation>永久清除“%1”？</translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats for good?</source>
        <translation>
            <numerusform>永久清除 %n 个聊天？</numerusform>
        </translation>
    </message>
    <message>
        <source>No trace of it stays in the file. This cannot be undone.</source>
        <translation>文件中不会留下任何痕迹，且无法撤销。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>清除</translation>
    </message>
    <message numerus="yes">
        <source>Erase %n chats</source>
        <translation>
            <numerusform>清除 %n 个聊天</numerusform>
        </translation>
    </message>
    <message>
        <source>Erase the chat in the trash for good?</source>
        <translation>永久清除回收站中的聊天？</translation>
    </message>
    <message numerus="yes">
        <source>Erase all %n chats in the trash for good?</source>
        <translation>
            <numerusform>永久清除回收站中的全部 %n 个聊天？</numerusform>
        </translation>
    </message>
    <message>
        <source>No trace of what was said stays in the file. This cannot be undone.</source>
        <translation>文件中不会留下任何对话痕迹，且无法撤销。</translation>
    </message>
    <message>
        <source>Erase it</source>
        <translation>清除</translation>
    </message>
    <message numerus="yes">
        <source>Erase all %n</source>
        <translation>
            <numerusform>清除全部 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TextViewer</name>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Only the name of this file is here: the chat was imported without what is in it.</source>
        <translation>这里只有此文件的名称：导入对话时没有带上它的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ponder::ui::TokenView</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Token by token</source>
        <translation>逐词元查看</translation>
    </message>
    <message>
        <source>The answer, token by token</source>
        <translation>逐词元的回答</translation>
    </message>
    <message>
        <source>Choose a token to see what else the model might have said there.</source>
        <translation>选择一个词元，查看模型在此处还可能说什么。</translation>
    </message>
    <message>
        <source>The model reads its answer again…</source>
        <translation>模型正在重读其回答…</translation>
    </message>
    <message>
        <source>The more colour, the less sure the model was. Underlined: less than an even chance.</source>
        <translation>颜色越深，模型越不确定。下划线：概率不足一半。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The model reads its answer again: %1 of %2 tokens</source>
        <translation>模型正在重读其回答：%1 / %2 个词元</translation>
    </message>
    <message>
        <source>“%1” was %2 likely. It might have been:</source>
        <translation>“%1”的概率为 %2。还可能是：</translation>
    </message>
    <message>
        <source>Answer anew from here</source>
        <translation>从此处重新回答</translation>
    </message>
    <message>
        <source>Go on from here with this instead</source>
        <translation>改用此词从这里继续</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptActions</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Copy answer as Markdown</source>
        <translation>将回答复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy prompt</source>
        <translation>复制提问</translation>
    </message>
    <message>
        <source>Select all of it</source>
        <translation>全选此条</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Edit and ask again</source>
        <translation>修改并重新提问</translation>
    </message>
    <message>
        <source>Edit the answer</source>
        <translation>编辑回答</translation>
    </message>
    <message>
        <source>Edit the thought and go on from it</source>
        <translation>编辑思考并由此继续</translation>
    </message>
    <message>
        <source>Compare versions…</source>
        <translation>比较版本…</translation>
    </message>
    <message>
        <source>Copy as rich text</source>
        <translation>复制为富文本</translation>
    </message>
    <message>
        <source>Token by token…</source>
        <translation>逐词元查看…</translation>
    </message>
    <message>
        <source>Reproduce with the same seed</source>
        <translation>以相同种子重现</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptEditor</name>
    <message>
        <source>Prompt</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Keep as new version</source>
        <translation>保留为新版本</translation>
    </message>
    <message>
        <source>Go on from here</source>
        <translation>由此继续</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptJumpButton</name>
    <message>
        <source>Jump to the latest message</source>
        <translation>跳到最新消息</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptView</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>ponder::ui::TranscriptVoice</name>
    <message>
        <source>Thinking</source>
        <translation>正在思考</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>Answer finished</source>
        <translation>回答完成</translation>
    </message>
    <message>
        <source>Answer stopped</source>
        <translation>回答已停止</translation>
    </message>
    <message>
        <source>The answer was interrupted</source>
        <translation>回答被中断</translation>
    </message>
    <message>
        <source>The answer failed. %1 %2</source>
        <translation>回答失败。%1 %2</translation>
    </message>
</context>
<context>
    <name>ponder::ui::UndoBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ponder::ui::WindowMenu</name>
    <message>
        <source>Import chats…</source>
        <translation>导入聊天…</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>新临时聊天</translation>
    </message>
    <message>
        <source>Versions of the chat…</source>
        <translation>聊天的版本…</translation>
    </message>
    <message>
        <source>Settings of the chat…</source>
        <translation>此对话的设置…</translation>
    </message>
    <message>
        <source>What the model will see…</source>
        <translation>模型将看到的内容…</translation>
    </message>
    <message>
        <source>Export all chats…</source>
        <translation>导出所有对话…</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>导入与导出</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>默认文字大小</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型……</translation>
    </message>
</context>
</TS>
