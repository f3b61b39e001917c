"""The platforms that are recognised, a row for each: where they live, and how posts are addressed there.

A new one is a row here and its addresses in the tests. How the patterns are read is told in `forms.py`.
"""

from onrecord.venues.forms import Form, Platform


def _form(kept: str, *spelled: str) -> Form:
    return Form(kept, spelled)


PLATFORMS = (
    Platform(
        "x",
        "X",
        hosts=("x.com", "twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com"),
        posts=(
            _form(
                "https://x.com/i/status/{post}",
                "/i/[web/|]status/{post:digits}/*",
                "/{account}/status[es|]/{post:digits}/*",
                "/#!/{account}/status[es|]/{post:digits}",
            ),
        ),
    ),
    Platform(
        "facebook",
        "Facebook",
        hosts=("facebook.com", "fb.com"),
        posts=(
            _form(
                "https://www.facebook.com/groups/{where}/posts/{post}",
                "/groups/{where}/[posts|permalink]/{post:digits}/*",
                "/groups/{where}?multi_permalinks={post:digits}",
                "/groups/{where}?view=permalink&id={post:digits}",
            ),
            _form(
                "https://www.facebook.com/photo?fbid={post}",
                "/photo[.php|]?fbid={post:digits}",
                "/{account}/photos/[{_}/|]{post:digits}/*",
            ),
            _form(
                "https://www.facebook.com/watch?v={post}",
                "/watch[/live|]?v={post:digits}",
                "/video.php?v={post:digits}",
                "/{account}/videos/[{_}/|]{post:digits}",
            ),
            _form("https://www.facebook.com/reel/{post}", "/reel[s|]/{post:digits}"),
            _form(
                "https://www.facebook.com/{account}/posts/{post}",
                "/[permalink|story].php?story_fbid={post}&id={account}",
                "/{account}/posts/[{_}/|]{post}",
                "/{account}/activity/{post:digits}",
            ),
        ),
        comments=(
            _form("?reply_comment_id={comment}", "/*?reply_comment_id={comment}"),
            _form("?comment_id={comment}", "/*?comment_id={comment}"),
        ),
        leads_on=("/share/*", "/l.php", "l.facebook.com/*", "lm.facebook.com/*"),
    ),
    Platform(
        "instagram",
        "Instagram",
        hosts=("instagram.com", "instagr.am"),
        posts=(
            _form("https://www.instagram.com/stories/highlights/{post}", "/stories/highlights/{post:digits}"),
            _form("https://www.instagram.com/stories/{account}/{post}", "/stories/{account}/{post:digits}"),
            _form(
                "https://www.instagram.com/p/{post}/c/{comment}",
                "/[{_}/|][p|reel]/{post}/c/[{_}/r/|]{comment:digits}",
            ),
            _form(
                "https://www.instagram.com/p/{post}",
                "/[p|reel|tv]/{post}/*",
                "/{account}/[p|reel|tv]/{post}/*",
                "/reels/{post}",
            ),
        ),
        leads_on=("/share/*", "l.instagram.com/*"),
    ),
    Platform(
        "linkedin",
        "LinkedIn",
        hosts=("linkedin.com",),
        posts=(
            _form(
                "https://www.linkedin.com/feed/update/urn:li:{type}:{post}",
                "/[embed/|]feed/update/urn:li:{type:urn}:{post:digits}",
                "/feed?highlightedUpdateUrn=urn:li:{type:urn}:{post:digits}",
                "/posts/{account}_[{_}-|]{type:urn}-{post:digits}[-{_}|]",
            ),
            _form("https://www.linkedin.com/pulse/{post}", "/pulse/{post}"),
        ),
        comments=(
            _form(
                "?commentUrn=urn:li:comment:({type}:{post},{comment})",
                "/*?commentUrn=urn:li:comment:({_},{comment:digits})",
                "/*?dashCommentUrn=urn:li:fsd_comment:({comment:digits},{_})",
            ),
        ),
        leads_on=("/safety/go", "/redir/*", "/slink"),
    ),
    Platform(
        "youtube",
        "YouTube",
        hosts=("youtube.com", "youtu.be", "youtube-nocookie.com"),
        posts=(
            _form(
                "https://www.youtube.com/watch?v={post}",
                "youtu.be/{post:video}",
                "/watch?v={post:video}",
                "/[watch|shorts|live|embed|v|e]/{post:video}",
            ),
            _form(
                "https://www.youtube.com/post/{post}",
                "/post/{post}",
                "/[channel/{_}|c/{_}|@{_}]/community?lb={post}",
            ),
        ),
        comments=(_form("?lc={comment}", "/*?lc={comment}"),),
        leads_on=("/redirect", "/attribution_link", "/clip/*"),
    ),
    Platform(
        "reddit",
        "Reddit",
        hosts=("reddit.com", "redd.it"),
        posts=(
            _form(
                "https://www.reddit.com/comments/{post}/_/{comment}",
                "/[r/{where}/|u[ser|]/{_}/|]comments/{post}/{_}/{comment}",
            ),
            _form(
                "https://www.reddit.com/comments/{post}",
                "redd.it/{post}",
                "/[r/{where}/|u[ser|]/{account}/|]comments/{post}[/{_}|]",
                "/gallery/{post}",
            ),
        ),
        venue="Reddit, r/{where}",
        leads_on=("/[r|u|user]/{_}/s/{_}", "out.reddit.com/*"),
    ),
    Platform(
        "hacker-news",
        "Hacker News",
        hosts=("news.ycombinator.com", "hn.algolia.com", "hacker-news.firebaseio.com"),
        posts=(
            _form(
                "https://news.ycombinator.com/item?id={post}",
                "/[item|context|threads]?id={_}#{post:digits}",
                "/[item|context|reply|latest]?id={post:digits}",
                "hn.algolia.com/api/v1/items/{post:digits}",
                "hacker-news.firebaseio.com/v0/item/{post:digits}.json",
            ),
        ),
    ),
    Platform(
        "bluesky",
        "Bluesky",
        hosts=("bsky.app", "fxbsky.app", "bskyx.app"),
        posts=(
            _form(
                "https://bsky.app/profile/{account}/post/{post}",
                "/profile/{account}/post/{post}/*",
                "embed.bsky.app/embed/{account}/app.bsky.feed.post/{post}",
            ),
        ),
        leads_on=("go.bsky.app/*",),
    ),
    Platform(
        "stack-exchange",
        "Stack Exchange",
        hosts=(
            *("stackexchange.com", "stackoverflow.com", "superuser.com", "serverfault.com", "askubuntu.com"),
            *("mathoverflow.net", "stackapps.com"),
        ),
        posts=(
            _form("https://{host}/a/{post}#comment{comment}_{post}", "/*#comment{comment:digits}_{post:digits}"),
            _form(
                "https://{host}/a/{post}",
                "/a/{post:digits}/*",
                "/questions/{_:digits}/{_}/{post:digits}",
                "/questions/{_:digits}/{_}#{post:digits}",
            ),
            _form("https://{host}/q/{post}", "/q/{post:digits}/*", "/questions/{post:digits}[/{_}|]"),
        ),
        venue="Stack Exchange, {host}",
    ),
    Platform(
        "github",
        "GitHub",
        hosts=("github.com",),
        posts=(
            _form("https://gist.github.com/{account}/{post}", "gist.github.com/{account}/{post:hex}/*"),
            _form(
                "https://github.com/{where}/issues/{post}",
                "api.github.com/repos/{where:repo}/[issues|pulls]/{post:digits}/*",
                "/{where:repo}/[issues|pull]/{post:digits}/*",
            ),
            _form("https://github.com/{where}/discussions/{post}", "/{where:repo}/discussions/{post:digits}/*"),
            _form("https://github.com/{where}/commit/{post}", "/{where:repo}/commit/{post:hex}"),
        ),
        venue="GitHub, {where}",
        comments=(_form("#{comment}", "/*#{comment:comment}"),),
    ),
    Platform(
        "gitlab",
        "GitLab",
        hosts=("gitlab.com",),
        posts=(
            _form(
                "https://{host}/{where}/-/issues/{post}",
                "/{where:path}/-/[issues|issues/incident|work_items]/{post:digits}/*",
                "gitlab.com/{where:path}/issues/{post:digits}/*",
            ),
            _form(
                "https://{host}/{where}/-/merge_requests/{post}",
                "/{where:path}/-/merge_requests/{post:digits}/*",
                "gitlab.com/{where:path}/merge_requests/{post:digits}/*",
            ),
            _form("https://{host}/{where}/-/epics/{post}", "/{where:path}/-/epics/{post:digits}/*"),
        ),
        venue="GitLab, {where}",
        comments=(_form("#note_{comment}", "/*#note_{comment:digits}"),),
        anywhere=True,
    ),
    Platform(
        "app-store",
        "App Store",
        hosts=("apps.apple.com", "itunes.apple.com"),
        posts=(),
        shared=(
            _form(
                "https://apps.apple.com/app/id{app}",
                "/app/[{_}/|]id{app:digits}",
                "/WebObjects/MZStore.woa/wa/[viewContentsUserReviews|viewSoftware]?id={app:digits}",
            ),
            _form(
                "https://apps.apple.com/{where}/app/id{app}",
                "/{where}/app/[{_}/|]id{app:digits}",
                "/{where}/review?id={app:digits}",
            ),
        ),
        venue="App Store, {where}",
    ),
    Platform(
        "google-play",
        "Google Play",
        hosts=("play.google.com", "market.android.com"),
        posts=(
            _form(
                "https://play.google.com/store/apps/details?id={app}&reviewId={post}",
                "/[store/apps/|]details?id={app}&reviewId={post}",
            ),
        ),
        shared=(_form("https://play.google.com/store/apps/details?id={app}", "/[store/apps/|]details?id={app}"),),
    ),
    Platform(
        "mastodon",
        "Mastodon",
        hosts=(),
        posts=(
            _form(
                "https://{host}/@{account}@{home}/{post}",
                "/[web/|deck/|]@{account}@{home}/{post:digits}/*",
            ),
            _form(
                "https://{host}/@{account}/{post}",
                "/[web/|deck/|]@{account}/{post:digits}/*",
                "/users/{account}/statuses/{post:digits}/*",
            ),
        ),
        venue="Mastodon, {host}",
        account="{account}@{home}",
        pages=("/[web/|deck/|]@{_}[/with_replies|/media|/followers|/following|]", "/users/{_}"),
        anywhere=True,
    ),
    Platform(
        "discourse",
        "Forum",
        hosts=(),
        posts=(
            _form(
                "https://{host}{base}/t/{post}",
                "{base:base}/t/[{_:slug}/|]{post:digits}[/1|/last|.json|]",
            ),
            _form(
                "https://{host}{base}/t/{post}/{comment}",
                "{base:base}/t/[{_:slug}/|]{post:digits}/{comment:digits}",
            ),
        ),
        venue="Forum, {host}",
        pages=("{_:base}/u/{_}/*", "{_:base}/c/{_:slug}/[{_:slug}/|]{_:digits}"),
        anywhere=True,
    ),
)
