using System.Globalization;
using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>Parses JSON of a bounded size: standard syntax only (no comments, no trailing commas, no NaN), valid text everywhere.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 16,
    };

    /// <summary>The root object, or null with the reason in <paramref name="violations"/>. Dispose the document when done.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, string place, ViolationList violations)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                TouchText(document.RootElement);
                return document;
            }

            violations.Add(place, document.RootElement.ValueKind.ToString(), "must be one JSON object", "Write an object in braces");
        }
        catch (JsonException failure)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"{place} line {failure.LineNumber + 1} byte {failure.BytePositionInLine + 1}");
            violations.Add(where, failure.Message, "must be valid JSON (no comments, trailing commas, NaN)", "Correct the text at this position");
        }
        catch (InvalidOperationException failure)
        {
            // The parser defers decoding of strings; a lone surrogate or broken UTF-8 surfaces in TouchText.
            violations.Add(place, failure.Message, "text must be valid Unicode", "Write the file as UTF-8");
        }

        document?.Dispose();
        return null;
    }

    private static void TouchText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    _ = member.Name;
                    TouchText(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    TouchText(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
