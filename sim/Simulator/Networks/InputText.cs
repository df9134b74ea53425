using System.Globalization;
using System.Text.Json;

namespace BcnnSim.Networks;

/// <summary>The input member of network.json.</summary>
internal static class InputText
{
    public static NetworkInput Read(StrictObject input)
    {
        const int Most = NetworkLimits.Dimension;
        NetworkInput result = new(
            input.Integer("height", 1, Most),
            input.Integer("width", 1, Most),
            input.Integer("channels", 1, Most),
            input.Integer("inputBits", 1, 8),
            input.Name("transform"),
            ReadParameters(input.Object("transformParameters")));
        input.Close();
        CheckSize(input, result);
        return result;
    }

    public static void CheckSize(StrictObject input, NetworkInput frame)
    {
        if ((long)frame.Height * frame.Width * frame.Channels > NetworkLimits.MapValues)
        {
            input.Refuse("height", string.Create(CultureInfo.InvariantCulture, $"{frame.Height}x{frame.Width}x{frame.Channels}"), $"a map has at most {NetworkLimits.MapValues} values", "Reduce the input");
        }
    }

    public static void Write(Utf8JsonWriter json, NetworkInput input)
    {
        json.WriteStartObject("input");
        json.WriteNumber("height", input.Height);
        json.WriteNumber("width", input.Width);
        json.WriteNumber("channels", input.Channels);
        json.WriteNumber("inputBits", input.InputBits);
        json.WriteString("transform", input.Transform);
        json.WriteStartObject("transformParameters");
        foreach ((string key, double value) in input.TransformParameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static SortedDictionary<string, double> ReadParameters(StrictObject map)
    {
        SortedDictionary<string, double> parameters = new(StringComparer.Ordinal);
        foreach ((string key, JsonElement value) in map.TakeAll())
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number))
            {
                parameters[key] = number;
            }
            else
            {
                map.Refuse(key, value.GetRawText(), "must be a finite number", "Write a number");
            }
        }

        return parameters;
    }
}
