"""What search engines document for structured data, by type, as they describe it in 2026.

`required` must stand wherever the type is used. `recommended` must stand wherever the paper knows
it; what the demo paper cannot know is not listed. Sources: Google Search Central (article,
breadcrumb, profile page, organisation, image metadata, site name), schema.org for the policies of a
news organisation, for corrections and live blogs.
"""

REQUIRED = {
    "NewsArticle": ["headline", "datePublished", "author"],
    "LiveBlogPosting": ["headline", "coverageStartTime", "liveBlogUpdate"],
    "BlogPosting": ["headline", "datePublished", "author"],
    "Person": ["name"],
    "Organization": ["name"],
    "NewsMediaOrganization": ["name", "url"],
    "BreadcrumbList": ["itemListElement"],
    "ProfilePage": ["mainEntity"],
    "ImageObject": ["contentUrl"],
    "WebSite": ["name", "url"],
    "SearchAction": ["target", "query-input"],
    "EntryPoint": ["urlTemplate"],
    "CorrectionComment": ["text", "datePublished", "url"],
    "CollectionPage": ["name", "url"],
    "ItemList": ["itemListElement"],
    "ContactPoint": ["contactType"],
    "OpeningHoursSpecification": ["dayOfWeek", "opens", "closes"],
    "CreativeWorkSeries": ["name", "url"],
    "PostalAddress": ["streetAddress"],
    "ListItem": ["position"],
}
RECOMMENDED = {
    "NewsArticle": ["dateModified", "publisher", "url", "mainEntityOfPage", "inLanguage",
                    "articleSection", "isAccessibleForFree", "wordCount", "description"],
    "LiveBlogPosting": ["dateModified", "datePublished", "author", "publisher", "description"],
    "BlogPosting": ["dateModified", "url"],
    "ProfilePage": ["url"],
    "WebSite": ["inLanguage", "publisher", "potentialAction"],
    "ContactPoint": ["telephone", "email", "availableLanguage", "hoursAvailable"],
    "ImageObject": ["width", "height", "creditText", "creator"],
    "CollectionPage": ["inLanguage", "mainEntity"],
}  # fmt: skip
# Of the organisation, where it is told whole.
ORGANISATION = [
    "logo", "description", "email", "telephone", "foundingDate", "sameAs", "publishingPrinciples",
    "ethicsPolicy", "correctionsPolicy", "verificationFactCheckingPolicy", "unnamedSourcesPolicy",
    "actionableFeedbackPolicy", "missionCoveragePrioritiesPolicy", "diversityPolicy",
    "ownershipFundingInfo", "masthead",
]  # fmt: skip
# Types of which another is a kind.
KINDS = {
    "AnalysisNewsArticle": "NewsArticle",
    "OpinionNewsArticle": "NewsArticle",
}
# Values of these are whole addresses.
ADDRESSES = {
    "url", "@id", "item", "contentUrl", "urlTemplate", "mainEntityOfPage", *ORGANISATION[6:],
}  # fmt: skip
MOMENTS = {
    "datePublished", "dateModified", "coverageStartTime", "coverageEndTime",
}  # fmt: skip
