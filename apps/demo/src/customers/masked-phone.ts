/** `6281234567890` → `0812 ···· 7890`. */
export function maskedPhone(phone: string): string {
  return `0${phone.slice(2, 5)} ···· ${phone.slice(-4)}`;
}
