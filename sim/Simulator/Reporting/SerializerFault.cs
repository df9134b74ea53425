using System.Text.RegularExpressions;
using BcnnSim.Networks;

namespace BcnnSim.Reporting;

/// <summary>What the serializer found wrong with a JSON text, in the words of this product: no type names.</summary>
internal static partial class SerializerFault
{
    public static string Describe(string message)
    {
        if (Unknown().Match(message) is { Success: true } unknown)
        {
            return $"unknown key {unknown.Groups[1].Value}";
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"missing keys {missing.Groups[1].Value.TrimEnd('.')}";
        }

        if (Duplicate().Match(message) is { Success: true } duplicate)
        {
            return $"duplicate key {duplicate.Groups[1].Value}";
        }

        return message.Contains("could not be converted", StringComparison.Ordinal) || message.Contains("null", StringComparison.Ordinal)
            ? "a value of another type"
            : ViolationList.Printable(FirstSentence(message));
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(" Path:", StringComparison.Ordinal);
        end = end < 0 ? message.IndexOf(" LineNumber:", StringComparison.Ordinal) : end;
        return (end > 0 ? message[..end] : message).TrimEnd('.');
    }

    [GeneratedRegex("property ('[^']*') could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: ([^.;]*)")]
    private static partial Regex Missing();

    [GeneratedRegex("[Dd]uplicate property ('[^']*')")]
    private static partial Regex Duplicate();
}
