using System.Globalization;
using System.Text.Json;

namespace BcnnSim.Trainer.Configuration;

/// <summary>A value as a configuration spells it.</summary>
internal static class SettingText
{
    public static string Of(object? value) =>
        value is null ? "null" : value is Enum ? JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
