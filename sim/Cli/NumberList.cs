using System.Globalization;

namespace BcnnSim.Cli;

/// <summary>Lists as the command line takes them: `0-3,8`.</summary>
internal static class NumberList
{
    /// <summary>Numbers 0..31 in the order given, each once; null with the refusal collected.</summary>
    public static IReadOnlyList<int>? Read(string option, string text, Refusals refusals)
    {
        const int Most = 31;
        List<int> numbers = [];
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !Try(ends[0], out int first) || !Try(ends[^1], out int last) || first > last)
            {
                refusals.Add(option, "value", text, $"'{part}' is no number or ascending range in 0..{Most}", "Write numbers and ranges, for example 0-3,8");
                return null;
            }

            for (int number = first; number <= last; number++)
            {
                if (numbers.Contains(number))
                {
                    refusals.Add(option, "value", text, $"{number} is named twice", "Name every number once");
                    return null;
                }

                numbers.Add(number);
            }
        }

        return numbers;

        static bool Try(string digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= Most;
    }

    /// <summary>The same list as short text.</summary>
    public static string Text(IReadOnlyList<int> numbers)
    {
        List<string> parts = [];
        for (int i = 0; i < numbers.Count;)
        {
            int first = i++;
            while (i < numbers.Count && numbers[i] == numbers[i - 1] + 1)
            {
                i++;
            }

            parts.Add(i - first > 1 ? $"{numbers[first]}-{numbers[i - 1]}" : $"{numbers[first]}");
        }

        return string.Join(',', parts);
    }
}
